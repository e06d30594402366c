"""The diagnostics that a summary joins: their results as it knows them, whichever they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from workbook.diagnostics.claims import Claim, Refusal
from workbook.diagnostics.key_figure import KeyFigure
from workbook.diagnostics.periods.changes import Changes
from workbook.diagnostics.summary.earlier_actions import EarlierAction
from workbook.diagnostics.summary.links import Links
from workbook.diagnostics.summary.what_if_pages import WhatIfPages


class HasClaims(Protocol):
    """What every result has."""

    @property
    def answer(self) -> Claim | None:
        """The headline of page 2."""

    @property
    def findings(self) -> Sequence[Claim]:
        """What was found, most important first."""

    @property
    def refused_findings(self) -> Sequence[Refusal]:
        """What failed a gate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """One diagnostic, computed."""

    name: str
    result: HasClaims
    params: object
    """Its options."""
    key_figures: tuple[KeyFigure, ...] = ()
    changed: Changes = field(default_factory=Changes)
    """What changed of it since the last period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the summary reads beside the tables."""

    joined: tuple[Joined, ...] = ()
    """In the order of their reports."""
    absent: tuple[str, ...] = ()
    """Diagnostics without data."""
    what_if: WhatIfPages = field(default_factory=WhatIfPages)
    links: Links = field(default_factory=Links)
    """What belongs together across diagnostics."""
    earlier_actions: tuple[EarlierAction, ...] = ()
    """The last action plan with the marks of what was done."""


def result_of(joined: Iterable[Joined], name: str) -> Any:
    """Return the result of one diagnostic; None where it is not there.

    Rules that look at one diagnostic more closely know its fields by the names of the result
    file.
    """
    return next((one.result for one in joined if one.name == name), None)
