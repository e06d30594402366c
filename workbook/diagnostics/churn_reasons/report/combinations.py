"""Chapter: which reasons come together."""

from workbook.charts.chart import Chart
from workbook.charts.upset import Upset
from workbook.diagnostics.churn_reasons.reasons_result import Combination, Pair
from workbook.diagnostics.churn_reasons.report.churn_view import ChurnView, caption
from workbook.report.blocks import Block, Heading, Text, details

COLUMNS = 14
ROWS = 9


def chapter(view: ChurnView) -> list[Block]:
    """Return the chapter on combinations of reasons."""
    several = sum(losses for k, losses in view.result.reasons_per_loss if k > 1)
    if not several:
        return view.left_out("combinations")
    pairs = sorted(view.result.pairs, key=lambda p: (p.p_holm, -p.n))
    return [
        Heading(
            text=_heading(view, pairs, several),
            short=view.text("short.combinations"),
            caption=caption(view, view.text("combinations.caption"), view.result.widened_since),
        ),
        Text(
            (
                view.text(
                    "combinations.text", k=several, part=view.part(several, view.result.base.n)
                ),
            )
        ),
        _chart(view),
        *details(*_table(view, pairs)),
    ]


def _heading(view: ChurnView, pairs: list[Pair], several: int) -> str:
    sure = [p for p in pairs if p.stands_out]
    if sure:
        return view.text(
            "combinations.heading.pair", a=sure[0].label_a, b=sure[0].label_b, n=sure[0].n,
            expected=sure[0].expected,
        )  # fmt: skip
    return view.text("combinations.heading.none", k=several, n=view.result.base.n)


def _chart(view: ChurnView) -> Chart:
    shown = [c for c in view.result.combinations if c.reasons][:COLUMNS]
    labels = dict(_members(shown))
    names = list(labels)[:ROWS]
    kept = [c for c in shown if set(c.reasons) <= set(names)]
    position = {reason: i for i, reason in enumerate(names)}
    sets = [frozenset(position[r] for r in c.reasons) for c in kept]

    told = "; ".join(f"{' + '.join(c.labels)}: {c.n}" for c in kept)
    return view.draw(
        Upset(
            names=[labels[r] for r in names],
            sets=sets,
            counts=[c.n for c in kept],
            palette=view.palette,
            write=view.fmt("count"),
        ),
        title=view.text("combinations.chart.title"),
        alt=view.text("combinations.chart.alt", values=told),
        note=view.source(sum(c.n for c in kept), view.text("combinations.chart.note")),
    )


def _members(combinations: list[Combination]) -> list[tuple[str, str]]:
    """Return reasons with their labels, those of the largest combinations first."""
    return [pair for c in combinations for pair in zip(c.reasons, c.labels, strict=True)]


def _table(view: ChurnView, pairs: list[Pair]) -> list[Block]:
    if not pairs:
        return []
    return [
        view.table(
            "pairs",
            pairs,
            ("combinations.columns.pair", lambda p: f"{p.label_a} + {p.label_b}", ""),
            ("combinations.columns.n", lambda p: p.n, "count"),
            ("combinations.columns.expected", lambda p: p.expected, "dec1"),
            ("combinations.columns.ratio", lambda p: p.ratio, "dec1"),
            ("combinations.columns.jaccard", lambda p: p.jaccard, "dec2"),
            ("columns.p", lambda p: p.p_holm, "p"),
            title=view.text("combinations.table"),
            shown=8,
            note=view.text("combinations.note", least=view.params.min_pair_n),
        )
    ]
