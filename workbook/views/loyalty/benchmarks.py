"""The index beside published indices of other companies: marks, never targets."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from workbook.blocks import Block
from workbook.diagnostics.loyalty.result import Benchmark, Nps
from workbook.exhibits import Estimate, dot_plot, rows_height
from workbook.views.loyalty.shared import LoyaltyView


def beside_published(view: LoyaltyView, nps: Nps) -> list[Block]:
    """Return the chart of the index with the published ones, each with its source, year and n."""
    published = view.result.benchmarks
    if nps.value is None or not published:
        return []
    own = Estimate(
        label=view.say("benchmarks.own"),
        value=nps.value,
        low=nps.ci_low,
        high=nps.ci_high,
        text=view.say("benchmarks.label", value=nps.value, n=nps.n),
        strong=True,
    )
    rows = [own, *(_mark(view, one) for one in published)]

    def plot(figure: Figure) -> None:
        dot_plot(
            figure.add_subplot(),
            rows,
            palette=view.palette,
            write=view.fmt("count"),
            limits=(-100, 100),
        )

    told = [view.say("benchmarks.one", name=own.label, value=nps.value)]
    told += [view.say("benchmarks.one", name=one.name, value=one.value) for one in published]
    return [
        view.draw(
            plot,
            title=view.say("benchmarks.title"),
            alt=view.say("benchmarks.alt", values="; ".join(told)),
            note=view.say("benchmarks.note", sources=". ".join(_sources(view, published))),
            height=rows_height(len(rows), top=0.35),
        )
    ]


def _mark(view: LoyaltyView, one: Benchmark) -> Estimate:
    return Estimate(
        label=one.name,
        value=one.value,
        low=None,
        high=None,
        text=view.say("benchmarks.label_published", value=one.value),
        strong=False,
    )


def _sources(view: LoyaltyView, published: Sequence[Benchmark]) -> list[str]:
    """Return the sources with year and n, each with the names that it gives."""
    found: dict[tuple[str, int | None, int | None], list[str]] = {}
    for one in published:
        found.setdefault((one.source, one.year, one.n), []).append(one.name)
    return [
        view.say(
            "benchmarks.source",
            name=", ".join(names),
            source=source,
            year=view.say("benchmarks.no_year") if year is None else str(year),
            n=view.say("benchmarks.no_n" if n is None else "benchmarks.n", n=n),
        )
        for (source, year, n), names in found.items()
    ]
