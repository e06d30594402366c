"""Reading engagement.toml: everything wrong with it at once, or a validated Engagement."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from workbook.engagement.brand_file import brand_sources
from workbook.engagement.brand_keys import BrandSource
from workbook.engagement.brand_looks import colour_remarks
from workbook.engagement.brand_section import read_brand
from workbook.engagement.firm_file import FirmFile, firm_files, merged
from workbook.engagement.intake_section import (
    Configuration,
    IntakeSection,
    TableSection,
    columns_without_table,
    intake_options,
    intake_problems,
    section,
)
from workbook.engagement.own_texts import own_texts
from workbook.engagement.preset_options import told_apart, with_presets
from workbook.engagement.report_section import read_report
from workbook.engagement.settings import Brand, Engagement
from workbook.engagement.whatif_section import WHATIF_KEYS, what_if
from workbook.errors import InputError, Location, Problem
from workbook.intake.anonymity.key_file import make_key, read_key
from workbook.intake.config_errors import FILE, config_problems, place, unusable_values
from workbook.intake.declared_facts import with_declared
from workbook.intake.files.plain_file import is_there
from workbook.intake.files.toml_file import read_toml
from workbook.intake.param_tables import build_params, checked_params
from workbook.intake.problems import error, few_of_each, step
from workbook.intake.schema_files import all_schemas
from workbook.language.catalog import Entry
from workbook.language.languages import ENGLISH, LANGUAGES
from workbook.language.nearest import nearest
from workbook.language.visible import as_text, is_text

__all__ = ["build_params", "earlier_folders", "load_earlier", "load_engagement"]

FEWEST_UNNAMED = 5
"""People that a figure needs at least in an engagement under pseudonyms."""
_KNOWN: Mapping[tuple[str, ...], tuple[str, ...]] = {
    (): tuple(Configuration.model_fields),
    ("intake",): tuple(IntakeSection.model_fields),
    **{("intake", table): tuple(TableSection.model_fields) for table in all_schemas()},
    **WHATIF_KEYS,
}


def load_engagement(folder: Path, param_types: Mapping[str, type]) -> Engagement:
    """Return the validated engagement of ``folder``.

    Parameters
    ----------
    folder
        The engagement folder, holding engagement.toml.  It gets the key of its pseudonyms where it
        is to have one and has none yet.
    param_types
        Diagnostic name -> its frozen Params dataclass; other names are refused.

    Raises
    ------
    InputError
        With every problem of the file; the place's column is the dotted key.
    """
    loaded = load_earlier(folder, param_types)
    if loaded.anonymise:
        make_key(folder)
        read_key(folder)
    return loaded


def load_earlier(folder: Path, param_types: Mapping[str, type]) -> Engagement:
    """Return the validated engagement of a folder that is only read: one to compare with.

    Raises
    ------
    InputError
        As :func:`load_engagement`.
    """
    if not is_text(str(folder.resolve())):
        raise InputError([error("folder_name_not_text", Location(file=as_text(folder.name)))])
    own = _parse(folder)
    firm, firm_faults = firm_files(folder)
    together = merged(own, firm)
    parsed = together.raw
    raw, problems = with_presets(parsed, folder)
    problems += unusable_values(raw)
    configuration = None
    try:
        configuration = Configuration.model_validate(raw)
    except ValidationError as failure:
        problems += config_problems(failure, known=_KNOWN)
    problems += _diagnostic_problems(raw, param_types)
    problems += intake_problems(raw)
    problems = [*columns_without_table(raw, folder), *problems]
    previous, missing = _previous(raw.get("previous"), folder)
    language = str(raw.get("language"))
    report, found = read_report(
        section(raw, "report"), param_types, language, origins=together.origins
    )
    look = _look(folder, section(own, "brand"), firm, language)
    told = [together.located(problem) for problem in [*problems, *found, *missing]]
    problems = _first_per_key([*told, *firm_faults, *look.problems])
    if problems or configuration is None:
        raise InputError(few_of_each(problems))
    words: dict[str, Any] = dict(report.words)
    brand = replace(look.brand, **words)
    made = _engagement(configuration, folder=folder, brand=brand, previous=previous)
    return replace(
        made,
        intake=told_apart(made.intake, parsed),
        shapes=report.shapes,
        own_texts=look.texts,
        remarks=(*_firm_steps(firm, look.sources), *look.remarks, *colour_remarks(brand)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What an engagement has of looks and words, its own and the firm's."""

    brand: Brand
    texts: Mapping[str, Mapping[str, Entry]]
    sources: Sequence[BrandSource]
    problems: Sequence[Problem]
    remarks: Sequence[Problem]


def _look(folder: Path, said: Mapping[str, Any], firm: Sequence[FirmFile], language: str) -> _Look:
    sources, problems = brand_sources(folder, said, firm)
    known = language if language in LANGUAGES else ENGLISH
    brand, wrong, remarks = read_brand(sources, known)
    texts, faults, more = own_texts(folder, known)
    return _Look(
        brand=brand,
        texts=texts,
        sources=sources,
        problems=[*problems, *wrong, *faults],
        remarks=[*remarks, *more],
    )


def _firm_steps(firm: Sequence[FirmFile], sources: Sequence[BrandSource]) -> list[Problem]:
    """Say which files of the firm an engagement was read with."""
    files = [(one.called, tuple(one.said)) for one in firm]
    files += [(one.file, tuple(one.section)) for one in sources if not one.short_names]
    return [
        step("firm_file_used", Location(file=file), keys=", ".join(map(str, keys)) or "–")
        for file, keys in files
    ]


def earlier_folders(engagement: Engagement) -> Iterator[Path]:
    """Yield the folders of the engagements before one, the last one first, as far as they lead.

    Only ``previous`` is looked at; whether the engagements are usable is not.
    """
    seen, folder = {engagement.folder.resolve()}, engagement.previous
    while folder is not None and folder.resolve() not in seen:
        yield folder
        seen.add(folder.resolve())
        try:
            said = _parse(folder).get("previous")
        except InputError:
            return
        folder, _ = _previous(said, folder)


def _parse(folder: Path) -> dict[str, Any]:
    if not is_there(folder, FILE) and os.access(folder, os.X_OK):
        raise InputError([error("no_engagement_file", Location(file=FILE), folder.name)])
    return read_toml(folder, FILE)


def _diagnostic_problems(raw: Mapping[str, Any], param_types: Mapping[str, type]) -> list[Problem]:
    problems: list[Problem] = []
    wanted = raw.get("diagnostics")
    names = [name for name in wanted if isinstance(name, str)] if isinstance(wanted, list) else []
    for name in dict.fromkeys(names):
        if name not in param_types:
            problems.append(_unknown_diagnostic("diagnostics", name, param_types))
        elif names.count(name) > 1:
            problems.append(error("named_twice", place("diagnostics"), name))
    for name, given in section(raw, "params").items():
        if name not in param_types:
            problems.append(_unknown_diagnostic(f"params.{name}", name, param_types))
        elif isinstance(given, Mapping):
            problems += checked_params(given, name, param_types[name])[1]
    return problems


def _unknown_diagnostic(key: str, name: str, known: Mapping[str, type]) -> Problem:
    near = nearest(name, known)
    return error("unknown_diagnostic", place(key), name, nearest=near, known=", ".join(known))


def _previous(value: object, folder: Path) -> tuple[Path | None, list[Problem]]:
    if not isinstance(value, str):
        return None, []
    here = folder.resolve()
    try:
        found = Path(os.path.normpath(here / value))
        there = is_there(found, FILE)
        linked = there and _leads_through_link(here, found)
    except (OSError, ValueError):
        there = linked = False
    if not there:
        return None, [error("previous_missing", place("previous"), value)]
    if linked:
        return None, [error("previous_is_link", place("previous"), value)]
    if found == here:
        return None, [error("previous_is_itself", place("previous"), value)]
    return found, []


def _leads_through_link(here: Path, found: Path) -> bool:
    """Return whether a folder that the two paths do not share is a link (``..`` is text here)."""
    shared = os.path.commonpath([here, found]) if here.drive == found.drive else found.anchor
    ways = (one for one in (found, *found.parents) if one.is_relative_to(shared))
    return any(way.is_symlink() for way in ways if way != Path(shared))


def _first_per_key(problems: list[Problem]) -> list[Problem]:
    first: dict[tuple[str, str, str], Problem] = {}
    for problem in problems:
        place = problem.place
        several = place.column == "diagnostics" or place.file != FILE
        found = f"{place.row} {problem.code} {problem.found}" if several else ""
        first.setdefault((place.file, place.column, found), problem)
    general = first.get((FILE, "intake.columns", ""))
    if general and general.code == "columns_without_table":
        return [p for p in first.values() if p is general or not _is_below(p, "intake.columns.")]
    return list(first.values())


def _is_below(problem: Problem, key: str) -> bool:
    return problem.place.column.startswith(key)


def _threshold(said: Configuration) -> int:
    """Return how many people a figure needs: under pseudonyms no fewer than five."""
    return max(said.anonymity_threshold, FEWEST_UNNAMED if said.anonymise else 0)


def _engagement(
    said: Configuration, *, folder: Path, brand: Brand, previous: Path | None
) -> Engagement:
    intake = intake_options(said.intake)
    return Engagement(
        folder=folder,
        id=said.id,
        client=said.client,
        language=said.language,
        currency=said.currency,
        period=said.period,
        as_of=said.as_of,
        draft=said.status == "draft",
        diagnostics=tuple(said.diagnostics),
        anonymity_threshold=_threshold(said),
        anonymise=said.anonymise,
        previous=previous,
        previous_of_other_client=said.previous_of_other_client,
        previous_rate=said.previous_rate,
        compare=said.compare,
        intake=intake,
        brand=brand,
        params=with_declared(said.params, intake),
        whatif=what_if(said.whatif),
    )
