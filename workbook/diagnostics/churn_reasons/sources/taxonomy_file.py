"""The file of reasons: read, checked with every fault at once, and made a taxonomy."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, create_model
from pydantic_core import PydanticCustomError

from workbook.diagnostics.churn_reasons.prevention_result import Instrument
from workbook.diagnostics.churn_reasons.taxonomy import KnownReason, Taxonomy
from workbook.errors import InputError, Location, Problem
from workbook.intake.files.yaml_file import yaml_tree
from workbook.intake.files.yaml_model import checked_tree
from workbook.intake.problems import error
from workbook.language.catalog import LANGUAGES
from workbook.language.lemmas import bare
from workbook.language.package_data import read_once

OWNERS = (
    "marketing",
    "sales",
    "staff_training",
    "motivation",
    "service_quality",
    "business_processes",
    "product",
    "external",
)
"""The systems of the organisation that the source names, and what none of them can mend."""
_PREVENTABLE: dict[str, bool | None] = {"yes": True, "no": False, "unknown": None}
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_R = TypeVar("_R", bound=BaseModel)
_CODES = {
    "extra_forbidden": "reasons_key",
    "unknown:string_type": "reasons_no_unknown",
    "*": "reasons_entry",
}


def _plain_name(value: object) -> object:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise PydanticCustomError("reasons_id", "no plain name")
    return value


def _label(value: object, info: ValidationInfo) -> object:
    """Pass a name in one language; a semicolon or a new line would separate two reasons."""
    if not isinstance(value, str) or not bare(value) or set(value) & set(";\n"):
        facts = {"found": value or "", "language": info.field_name}
        raise PydanticCustomError("reasons_label", "no label", facts)
    return value


def _words(value: object) -> object:
    if not isinstance(value, list) or not all(isinstance(a, str) and bare(a) for a in value):
        raise PydanticCustomError("reasons_aliases", "no list of words", {"found": ""})
    return value


def _list_of_reasons(value: object) -> object:
    if not isinstance(value, list):
        raise PydanticCustomError("reasons_entry", "no list", {"found": ""})
    return value


def _list_of_groups(value: object) -> object:
    if not isinstance(value, list) or not value:
        raise PydanticCustomError("reasons_no_groups", "no groups", {"found": ""})
    return value


def _one_of(allowed: Sequence[str]) -> BeforeValidator:
    def check(value: object, info: ValidationInfo) -> object:
        if value not in allowed:
            facts = {"found": value, "key": info.field_name, "expected": ", ".join(allowed)}
            raise PydanticCustomError("reasons_choice", "none of the choices", facts)
        return value

    return BeforeValidator(check)


_Owner = Annotated[str, _one_of(OWNERS)]
_Judged = Annotated[str, _one_of(tuple(_PREVENTABLE))]
_Way = Annotated[Instrument, _one_of(tuple(Instrument))]
_LABEL: Any = (Annotated[str, BeforeValidator(_label)], "")
_Labels = create_model(
    "_Labels",
    __config__=ConfigDict(extra="allow", validate_default=True),
    **dict.fromkeys(LANGUAGES, _LABEL),
)


class _Reason(BaseModel):
    """A reason; of what it does not say itself its group speaks."""

    model_config = ConfigDict(extra="forbid", validate_default=True)

    id: Annotated[str, BeforeValidator(_plain_name)] = ""
    label: Annotated[
        _Labels,  # type: ignore[valid-type]
        BeforeValidator(lambda given: given if isinstance(given, dict) else {}),
    ] = {}
    aliases: Annotated[list[str], BeforeValidator(_words)] = []
    owner: _Owner | None = None
    preventable: _Judged | None = None
    instrument: _Way | None = None

    @property
    def labels(self) -> dict[str, str]:
        """Its names by language."""
        found: dict[str, str] = self.label.model_dump()  # type: ignore[attr-defined]
        return found


class _Group(_Reason):
    """A group says everything but how its customers are won back."""

    owner: _Owner = ""
    preventable: _Judged = ""
    reasons: Annotated[list[Any], BeforeValidator(_list_of_reasons)] = []


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_default=True)

    unknown: str = ""
    groups: Annotated[list[Any], BeforeValidator(_list_of_groups)] = []


@read_once
def load_taxonomy(path: Path, *, folder: Path | None = None) -> Taxonomy:
    """Return the checked taxonomy of a YAML file; ``folder`` as in :func:`yaml_tree`.

    Raises
    ------
    InputError
        With every problem of the file at once.
    """
    found, problems = read_taxonomy(path, folder=folder)
    if found is None:
        raise InputError(problems)
    return found


def read_taxonomy(
    path: Path, *, folder: Path | None = None
) -> tuple[Taxonomy | None, tuple[Problem, ...]]:
    """Return the taxonomy of a file of reasons, or None and every problem of the file."""
    place = Location(file=path.name)
    tree, unusable = yaml_tree(path, place, unreadable="reasons_unreadable", folder=folder)
    if unusable:
        return None, unusable
    tree = tree if isinstance(tree, dict) else {}
    file, problems = checked_tree(tree, _File, place, codes=_CODES)
    groups = tree.get("groups", [])
    found: list[tuple[_Reason, _Group]] = []
    for number, entry in enumerate(groups if isinstance(groups, list) else [], start=1):
        several, faults = _of_group(entry, str(number), place)
        found += several
        problems += faults
    if file is None or problems:
        return None, problems
    problems = tuple(_misnamed(file.unknown, [reason for reason, _ in found], place))
    if problems:
        return None, problems
    reasons = tuple(_known(reason, group) for reason, group in found)
    return Taxonomy(reasons=reasons, unknown=file.unknown), ()


def _of_group(
    entry: object, number: str, place: Location
) -> tuple[list[tuple[_Reason, _Group]], tuple[Problem, ...]]:
    """Return a group and its reasons, each with the group."""
    group, problems = _checked(entry, _Group, number, place)
    listed = entry.get("reasons", []) if isinstance(entry, dict) else []
    reasons: list[_Reason] = []
    for of_group, one in enumerate(listed if isinstance(listed, list) else [], start=1):
        reason, faults = _checked(one, _Reason, f"{number}.{of_group}", place)
        problems += faults
        reasons += [reason] if reason else []
    return ([(one, group) for one in (group, *reasons)] if group else []), problems


def _checked(
    entry: object, model: type[_R], number: str, place: Location
) -> tuple[_R | None, tuple[Problem, ...]]:
    """Return an entry as the model; its faults name it, or where it stands where it has no name."""
    found, problems = checked_tree(entry, model, place, codes=_CODES)
    name = str(entry.get("id") or number) if isinstance(entry, dict) else number
    facts = {"reasons_id": number, "reasons_entry": number}
    return found, tuple(
        replace(p, facts={**p.facts, "entry": facts.get(p.code, name)}) for p in problems
    )


def _misnamed(unknown: str, reasons: Sequence[_Reason], place: Location) -> Iterator[Problem]:
    """Find ids that stand twice, names and aliases of two reasons, and an unknown one."""
    ids = [reason.id for reason in reasons]
    if unknown not in ids:
        yield error("reasons_no_unknown", place, unknown)
    for name, times in sorted(Counter(ids).items()):
        if times > 1:
            yield error("reasons_twice", place, name, first=name, second=name)
    owner: dict[str, str] = {}
    for reason in reasons:
        names = (reason.id, *reason.labels.values(), *reason.aliases)
        for name in dict.fromkeys(map(bare, names)):
            first = owner.setdefault(name, reason.id)
            if first != reason.id:
                yield error("reasons_twice", place, name, first=first, second=reason.id)


def _known(reason: _Reason, group: _Group) -> KnownReason:
    return KnownReason(
        id=reason.id,
        label=reason.labels,
        group=group.id,
        owner=reason.owner or group.owner,
        preventable=_PREVENTABLE[reason.preventable or group.preventable],
        instrument=reason.instrument or group.instrument,
        aliases=tuple(reason.aliases),
    )
