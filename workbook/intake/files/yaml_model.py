"""YAML trees checked by a pydantic model, with every fault at once in our own words."""

from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core.core_schema import ErrorType

from workbook.errors import Location, Problem
from workbook.intake.problems import error
from workbook.language.nearest import nearest

M = TypeVar("M", bound=BaseModel)


def checked_tree(
    tree: object, model: type[M], place: Location, *, codes: Mapping[str, str]
) -> tuple[M | None, tuple[Problem, ...]]:
    """Return the tree as the model, or None and one problem per fault.

    Parameters
    ----------
    tree
        As :func:`~workbook.intake.files.yaml_file.yaml_tree` gives it: scalars are texts.
    place
        What problems call the file.
    codes
        Problem codes by pydantic's type of error, or by ``field:type`` for one field; ``*`` for
        all others.  A ``PydanticCustomError`` of a validator brings its own code and facts.

    Examples
    --------
    >>> class Theme(BaseModel):
    ...     model_config = {"extra": "forbid"}
    ...     id: str
    >>> codes = {"missing": "no_id", "extra_forbidden": "unknown_key", "*": "bad_theme"}
    >>> tree = {"id": "a", "idd": 1}
    >>> found, problems = checked_tree(tree, Theme, Location(file="f"), codes=codes)
    >>> found, [(p.code, p.found, p.facts["nearest"]) for p in problems]
    (None, [('unknown_key', 'idd', 'id')])
    """
    try:
        return model.model_validate(tree), ()
    except ValidationError as failure:
        faults = failure.errors(include_url=False)
        return None, tuple(_problem(fault, model, place, codes) for fault in faults)


def _problem(
    fault: Any, model: type[BaseModel], place: Location, codes: Mapping[str, str]
) -> Problem:
    kind, path = fault["type"], [str(part) for part in fault["loc"]]
    facts = dict(fault.get("ctx") or {})
    if kind == "extra_forbidden":
        found: object = path[-1]
        facts["nearest"] = nearest(path[-1], _known(model, fault["loc"][:-1]))
    else:
        found = facts.pop("found", fault["input"])
    last = next((part for part in reversed(path) if not part.isdigit()), "")
    code = codes.get(f"{last}:{kind}") or codes.get(kind)
    if code is None:
        code = kind if kind not in _PYDANTIC else codes["*"]
    return error(code, place, found, **facts)


def _known(model: type[BaseModel], path: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys that the mapping at a path may have."""
    at: Any = model
    for part in path:
        if isinstance(part, int) or at is None:
            continue
        field = at.model_fields.get(part)
        at = None if field is None else _model_in(field.annotation)
    return tuple(at.model_fields) if at is not None else ()


def _model_in(annotation: Any) -> Any:
    """Return the model within an annotation such as ``list[Theme]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(one) for one in getattr(annotation, "__args__", ()))
    return next((one for one in inner if one is not None), None)


_PYDANTIC = frozenset(get_args(ErrorType))
