"""What every view is given, and the few ways of saying a number that all reports share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from matplotlib.figure import Figure

from workbook.charts.chart import Chart, Palette, draw
from workbook.engagement.settings import Engagement
from workbook.language.catalog import Texts
from workbook.report.blocks import Block, Callout, CalloutKind

R = TypeVar("R")
P = TypeVar("P")

NO_PERCENTAGES_BELOW = 30
"""A share of fewer answers than this is told as "k of n"."""
FLAGGED_BELOW = 100
"""Fewer answers than this are flagged as few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Generic[R, P]):
    """A result with the words, colours and facts that its report needs."""

    result: R
    params: P
    texts: Texts
    palette: Palette
    engagement: Engagement
    against: str = ""
    """Period of the engagement that this one is compared with; empty without one."""

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the report's texts."""
        return self.texts(key, **values)

    def fmt(self, name: str) -> Callable[[float], str]:
        """Return the number format of that name as a function (for chart axes)."""
        return lambda value: self.texts.write(value, name)

    def part(self, k: int, n: int) -> str:
        """Say a part of a whole: in per cent, or as "k of n" where n is small."""
        if n >= NO_PERCENTAGES_BELOW:
            return self.texts.write(k / n, "pct")
        return self.say("k_of_n", k=k, n=n)

    def interval(self, low: float | None, high: float | None, name: str) -> str:
        """Say an interval in the number format ``name``; a dash when there is none."""
        if low is None or high is None:
            return "–"
        return self.say(
            "interval", low=self.texts.write(low, name), high=self.texts.write(high, name)
        )

    def draw(
        self, plot: Callable[[Figure], None], *, title: str, alt: str, note: str, height: float
    ) -> Chart:
        """Return a chart in the brand's font (see :func:`workbook.charts.chart.draw`)."""
        return draw(plot, title=title, alt=alt, note=note, height=height, font=self.palette.font)

    def limitation(self, *paragraphs: str) -> list[Block]:
        """Return a box of limitations, or nothing when there are none."""
        return self._box(CalloutKind.LIMITATION, "callout.limitation", paragraphs)

    def how_to_read(self, *paragraphs: str) -> list[Block]:
        """Return a box that explains how to read an exhibit."""
        return self._box(CalloutKind.HOW_TO_READ, "callout.howto", paragraphs)

    def recommendation(self, *paragraphs: str) -> list[Block]:
        """Return a box with the recommendation."""
        return self._box(CalloutKind.RECOMMENDATION, "callout.recommendation", paragraphs)

    def _box(self, kind: CalloutKind, title: str, paragraphs: Sequence[str]) -> list[Block]:
        told = tuple(p for p in paragraphs if p)
        return [Callout(kind=kind, title=self.say(title), paragraphs=told)] if told else []
