"""[whatif] of engagement.toml: what is to be worked out, and what is asked wrongly."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BaseModel, Field, PlainValidator
from pydantic_core import PydanticCustomError

from workbook.engagement.settings import WhatIf, WhatIfDiscount, WhatIfManager, WhatIfReason
from workbook.engagement.strict_model import STRICT, Line, LineOrBlank

STEPS_LINE = "steps = [[1000000, 2], [5000000, 5]]"
_WHOLE = 100
"""A whole in per cent."""
_MOST = 2**53
"""Beyond it a number is none that anybody means."""


def _steps(said: Any) -> tuple[tuple[float, float], ...]:
    """Return pairs of turnover and per cent; turnover rises from pair to pair.

    >>> _steps([[1000000, 2], [5000000, 2.5]])
    ((1000000.0, 2.0), (5000000.0, 2.5))
    """
    if not isinstance(said, list | tuple) or not said or not all(map(_is_pair, said)):
        raise PydanticCustomError("bad_steps", "not a scale", {"line": STEPS_LINE})
    steps = tuple((float(turnover), float(per_cent)) for turnover, per_cent in said)
    for at, (turnover, per_cent) in enumerate(steps, start=1):
        if turnover < 0 or not 0 <= per_cent <= _WHOLE:
            raise PydanticCustomError("step_out_of_range", "out of range", {"at": at})
    for at, (before, step) in enumerate(pairwise(steps), start=2):
        if step[0] <= before[0] or step[1] < before[1]:
            raise PydanticCustomError("steps_not_rising", "not rising", {"at": at})
    return steps


def _is_pair(said: Any) -> bool:
    return isinstance(said, list | tuple) and len(said) == 2 and all(map(_is_number, said))


def _is_number(said: Any) -> bool:
    return isinstance(said, int | float) and not isinstance(said, bool) and abs(said) <= _MOST


class _Strict(BaseModel):
    model_config = STRICT


class ReasonSection(_Strict):
    """[whatif.reason]."""

    reason: Line
    win_back: Annotated[float, Field(ge=0, le=1)] | None = None


class DiscountSection(_Strict):
    """[whatif.discount]."""

    steps: Annotated[tuple[tuple[float, float], ...], PlainValidator(_steps)]
    margin: Annotated[float, Field(gt=0, le=1)] | None = None


class ManagerSection(_Strict):
    """[whatif.manager]."""

    manager: LineOrBlank = ""


class WhatIfSection(_Strict):
    """[whatif]; what is not there is not asked for."""

    reason: ReasonSection | None = None
    discount: DiscountSection | None = None
    manager: ManagerSection | None = None


SECTIONS: Mapping[str, type[BaseModel]] = {
    "reason": ReasonSection,
    "discount": DiscountSection,
    "manager": ManagerSection,
}
WHATIF_KEYS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("whatif",): tuple(SECTIONS),
    **{("whatif", name): tuple(kind.model_fields) for name, kind in SECTIONS.items()},
}
"""The keys of each table of the section."""


def what_if(said: WhatIfSection) -> WhatIf:
    """Return what a checked section asks for, its percentages as shares."""
    reason, discount, manager = said.reason, said.discount, said.manager
    return WhatIf(
        reason=WhatIfReason(reason=reason.reason, win_back=reason.win_back) if reason else None,
        discount=_discount(discount) if discount else None,
        manager=WhatIfManager(manager=manager.manager) if manager else None,
    )


def _discount(said: DiscountSection) -> WhatIfDiscount:
    steps = tuple((turnover, per_cent / _WHOLE) for turnover, per_cent in said.steps)
    return WhatIfDiscount(steps=steps, margin=said.margin)
