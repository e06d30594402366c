"""The index beside published indices of other companies: marks, never targets."""

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
            note=view.say(
                "benchmarks.note", sources=". ".join(_source(view, one) for one in published)
            ),
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


def _source(view: LoyaltyView, one: Benchmark) -> str:
    year = view.say("benchmarks.no_year")
    if one.year is not None:
        year = view.say("benchmarks.year", year=str(one.year))
    n = view.say("benchmarks.no_n" if one.n is None else "benchmarks.n", n=one.n)
    return view.say("benchmarks.source", name=one.name, source=one.source, year=year, n=n)
