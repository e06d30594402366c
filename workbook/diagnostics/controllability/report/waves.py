"""Chapter: what has changed since the wave before."""

from workbook.charts.chart import Chart
from workbook.charts.scores import ScorePairs, TwoScores
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.controllability.report.mark_words import (
    ControlView,
    bounds,
)
from workbook.diagnostics.controllability.waves_result import ItemChange, WaveChange
from workbook.report.blocks import Block, Heading, NotStudied, Text, details
from workbook.report.table import Table

CHARTED = 10


def chapter(view: ControlView) -> list[Block]:
    """Return the chapter on the waves."""
    found = view.result.lead
    if found is not None and found.change is None and found.waves_left_out:
        return details(
            Heading(text=view.text("waves.heading.hidden"), short=view.text("short.waves")),
            Text(tuple(_left_out(view, found))),
        )
    if found is None or found.change is None:
        return _nothing_before(view) if view.engagement.before else view.left_out("waves")
    change = found.change
    moved = [i for i in change.items if i.difference]
    return [
        Heading(
            text=view.text(
                f"waves.heading.{change.course}", against=change.against, before=change.before,
                now=change.now, points=100 * abs(change.difference),
            ),
            short=view.text("short.waves"),
            caption=view.text(
                "waves.caption", n=change.n_items, before=change.before_respondents,
                now=change.now_respondents,
            ),
        ),
        Text((_words(view, change), *_left_out(view, found))),
        *([_chart(view, found, change, moved[:CHARTED])] if moved else []),
        *details(*_tables(view, found, change)),
    ]  # fmt: skip


def _nothing_before(view: ControlView) -> list[Block]:
    """Say that earlier periods, which are there, have nothing to compare with."""
    return [NotStudied(name=view.text("short.waves"), fill=view.text("absent.waves.fill_before"))]


def _left_out(view: ControlView, found: QuestionnaireResult) -> list[str]:
    """Name the waves that hold too few people to be told; how many these are is not said."""
    named = ", ".join(found.waves_left_out)
    if not named:
        return []
    threshold = view.engagement.anonymity_threshold
    return [
        view.text("waves.hidden", k=len(found.waves_left_out), named=named, threshold=threshold)
    ]


def _words(view: ControlView, change: WaveChange) -> str:
    items = view.text(
        "waves.items", improved=change.improved, worsened=change.worsened, same=change.same
    )
    people = view.text(
        "waves.people", both=change.both_respondents, before=change.before_respondents,
        now=change.now_respondents,
    )  # fmt: skip
    return " ".join([*_item_sets(view, change), items, people, *_test(view, change)])


def _item_sets(view: ControlView, change: WaveChange) -> list[str]:
    """Say how many items are compared, where the waves were not asked the same."""
    if not (change.only_before or change.only_now):
        return []
    return [
        view.text(
            "waves.item_sets", n=change.n_items, before=change.only_before, now=change.only_now
        )
    ]


def _test(view: ControlView, change: WaveChange) -> list[str]:
    """Say what the test of the change gives, or why it can give nothing."""
    test = change.test
    if test is None or change.direction == "same":
        return []
    bound = view.params.level_p_value
    key = "p_value" if test.testable else "untestable"
    return [
        view.text(f"waves.test.{key}", p_value=test.p_value, least=test.least_p_value, bound=bound)
    ]


def _chart(
    view: ControlView, questionnaire: QuestionnaireResult, change: WaveChange,
    moved: list[ItemChange],
) -> Chart:  # fmt: skip
    names = questionnaire.labels
    rows = [
        TwoScores(
            label=names[i.item],
            first=i.before,
            second=i.now,
            text=view.text("waves.pair", before=i.before, now=i.now, arrow=_arrow(i)),
        )
        for i in moved
    ]

    return view.draw(
        ScorePairs(
            rows=rows,
            palette=view.palette,
            write=view.fmt("dec2"),
            names=(view.period(change.against, "short"), view.period(change.wave, "short")),
            bounds=bounds(view),
        ),
        title=view.text("waves.chart.title"),
        alt=view.text("waves.chart.alt", values="; ".join(f"{r.label}: {r.text}" for r in rows)),
        note=view.source(change.now_respondents, view.text("waves.chart.note")),
    )


def _arrow(item: ItemChange) -> str:
    return "▲" if item.difference > 0 else "▼"


def _tables(
    view: ControlView, questionnaire: QuestionnaireResult, change: WaveChange
) -> list[Block]:
    names = questionnaire.labels
    items = view.table(
        "item_changes", change.items,
        ("gaps.columns.item", lambda i: names[i.item], ""),
        ("waves.columns.before", lambda i: i.before, "dec2"),
        ("columns.n", lambda i: i.before_n, "count"),
        ("waves.columns.now", lambda i: i.now, "dec2"),
        ("columns.n", lambda i: i.now_n, "count"),
        ("waves.columns.difference", lambda i: i.difference, "signed2"),
        title=view.text("waves.table.items", against=change.against),
        appendix_only=True,
    )  # fmt: skip
    return [_waves(view, questionnaire), items]


def _waves(view: ControlView, questionnaire: QuestionnaireResult) -> Table:
    return view.table(
        "waves", questionnaire.waves,
        ("waves.columns.wave", lambda w: view.period(w.wave or view.engagement.period), ""),
        ("waves.columns.respondents", lambda w: w.n_respondents, "count"),
        ("waves.columns.items", lambda w: w.n_items, "count"),
        ("sections.columns.index", lambda w: w.index, "pct1"),
        ("waves.columns.sections", lambda w: w.index_sections, "pct1"),
        title=view.text("waves.table.waves"),
        note=view.text("waves.note"),
    )  # fmt: skip
