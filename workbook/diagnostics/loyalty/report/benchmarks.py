"""The index beside published indices of other companies: marks, never targets."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.charts.dot_plot import DotPlot
from workbook.charts.estimates import Estimate
from workbook.diagnostics.loyalty.report.loyalty_view import LoyaltyView
from workbook.diagnostics.loyalty.survey_result import Benchmark, Nps


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The strip under the answers by score: the own index with its interval, then the marks."""

    rows: tuple[Estimate, ...]
    alt: str
    note: str


def strip(view: LoyaltyView, nps: Nps) -> Strip | None:
    """Return the strip; None without an index or without published ones."""
    published = view.result.benchmarks
    if nps.value is None or not published:
        return None
    own = Estimate(
        label=view.text("benchmarks.own"),
        value=nps.value,
        low=nps.ci_low,
        high=nps.ci_high,
        text=view.text("benchmarks.label", value=nps.value, n=nps.n),
        strong=True,
    )
    told = [view.text("benchmarks.one", name=own.label, value=nps.value)]
    told += [view.text("benchmarks.one", name=one.name, value=one.value) for one in published]
    return Strip(
        rows=(own, *(_mark(view, one) for one in published)),
        alt=view.text("benchmarks.alt", values="; ".join(told)),
        note=view.text("benchmarks.note", sources=". ".join(_sources(view, published))),
    )


def strip_plot(view: LoyaltyView, shown: Strip) -> DotPlot:
    """Return the strip on the scale of the index."""
    write = view.fmt("count")
    return DotPlot(rows=shown.rows, palette=view.palette, write=write, limits=(-100, 100))


def _mark(view: LoyaltyView, one: Benchmark) -> Estimate:
    return Estimate(
        label=one.name,
        value=one.value,
        low=None,
        high=None,
        text=view.text("benchmarks.label_published", value=one.value),
        strong=False,
    )


def _sources(view: LoyaltyView, published: Sequence[Benchmark]) -> list[str]:
    """Return the sources with year and n, each with the names that it gives."""
    found: dict[tuple[str, int | None, int | None], list[str]] = {}
    for one in published:
        found.setdefault((one.source, one.year, one.n), []).append(one.name)
    return [
        view.text(
            "benchmarks.source",
            name=", ".join(names),
            source=source,
            year=view.text("benchmarks.no_year") if year is None else str(year),
            n=view.text("benchmarks.no_n" if n is None else "benchmarks.n", n=n),
        )
        for (source, year, n), names in found.items()
    ]
