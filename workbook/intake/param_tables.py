"""[params.<diagnostic>]: checked against the diagnostic's frozen Params dataclass."""

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Problem
from workbook.intake.config_errors import config_problems, place
from workbook.intake.problems import error

P = TypeVar("P")
_STRICT = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


def build_params(engagement: Engagement, diagnostic_name: str, params_type: type[P]) -> P:
    """Return the Params of a diagnostic: defaults, changed by the engagement.

    Raises
    ------
    InputError
        When a value does not fit its field.
    """
    given = engagement.params.get(diagnostic_name, {})
    made, problems = checked_params(given, diagnostic_name, params_type)
    if made is None:
        raise InputError(problems)
    return made


def checked_params(
    given: Mapping[str, Any], diagnostic: str, params_type: type[P]
) -> tuple[P | None, list[Problem]]:
    """Return the Params, or None and every problem of the table."""
    kind: type = params_type
    model = _model(kind)
    prefix = f"params.{diagnostic}"
    try:
        checked = model.model_validate_json(json.dumps(given, default=_day))
    except ValidationError as failure:
        fields = tuple(model.model_fields)
        return None, config_problems(failure, prefix=prefix, known={(): fields})
    values = {name: getattr(checked, name) for name in checked.model_fields_set}
    try:
        return params_type(**values), []
    except ValidationError as failure:  # what only the options together show
        return None, config_problems(failure, prefix=prefix, known={(): tuple(model.model_fields)})
    except ValueError as failure:
        return None, [error("params_refused", place(prefix), failure)]


@cache
def _model(params_type: type) -> type[BaseModel]:
    hints = get_type_hints(params_type, include_extras=True)
    fields: dict[str, Any] = {}
    for one in dataclasses.fields(params_type):
        default: Any = one.default
        if one.default_factory is not dataclasses.MISSING:
            default = one.default_factory()
        fields[one.name] = (hints[one.name], ... if default is dataclasses.MISSING else default)
    model: type[BaseModel] = create_model(params_type.__name__, __config__=_STRICT, **fields)
    return model


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
