"""Chapter: why customers score as they do, and what would make it a 10."""

from workbook.charts.chart import Chart
from workbook.charts.stacked_bars import StackedBars, StackedPart
from workbook.diagnostics.loyalty.open_answers_result import CommentBias, OpenAnswers, Theme
from workbook.diagnostics.loyalty.report.loyalty_view import Column, LoyaltyView
from workbook.diagnostics.loyalty.report.score_words import class_colours
from workbook.diagnostics.loyalty.standouts import leading, themes_of
from workbook.report.blocks import Block, Heading, Quotes, Text, details
from workbook.report.table import Table

NAMED = 4
"""Themes of a tie that a heading names; of more it only says that none leads."""
CHARTED = 10
"""Themes on the chart; the table in the XLSX has all."""


def named_themes(view: LoyaltyView, themes: list[Theme], *, detractors: bool) -> str:
    """Name themes with their numbers of answers, the first few of many."""
    told = [
        view.text("reasons.named", name=t.label, n=t.detractors if detractors else t.n)
        for t in themes[:NAMED]
    ]
    return ", ".join(told) + (" …" if themes[NAMED:] else "")


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on the two open questions."""
    answers = view.result.open_answers
    if answers is None or answers.n == 0:
        return view.left_out("open_answers")
    heading = Heading(
        text=_heading(view, answers),
        short=view.text("short.open_answers"),
        caption=view.text("reasons.caption", n=answers.n),
    )
    if not answers.machine and not view.result.themes:
        return [heading, *_verbatim(view, answers), *_bias(view)]
    return [
        heading,
        *_reasons(view),
        *_coding(view, answers),
        *details(*_improvements(view), *_bias(view)),
    ]


def _heading(view: LoyaltyView, answers: OpenAnswers) -> str:
    critics = leading(view.result, "reason")
    if len(critics) == 1:
        only = critics[0]
        return view.text("reasons.heading.detractors", theme=only.label, n=only.detractors)
    if critics:
        return _tied(view, critics, "reasons.heading.detractors", detractors=True)
    asked = leading(view.result, "improvement")
    if len(asked) == 1:
        return view.text("reasons.heading.improvement", theme=asked[0].label, n=asked[0].n)
    if asked:
        return _tied(view, asked, "reasons.heading.improvement", detractors=False)
    return view.text("reasons.heading.verbatim", n=answers.n)


def _tied(view: LoyaltyView, themes: list[Theme], key: str, *, detractors: bool) -> str:
    """Name themes that cannot be told apart; where they are many, only that none leads."""
    if themes[NAMED:]:
        return view.text(f"{key}_open", n=len(themes))
    return view.text(f"{key}_tied", named=named_themes(view, themes, detractors=detractors))


def _verbatim(view: LoyaltyView, answers: OpenAnswers) -> list[Block]:
    few = view.params.min_comments
    if not answers.verbatim:
        return [Text((view.text("reasons.verbatim.unquoted", min_n=few),))]
    table = view.table(
        "verbatim",
        answers.verbatim,
        ("reasons.verbatim.words", lambda one: one[1], ""),
        ("reasons.verbatim.question", lambda one: view.text(f"question.{one[0]}"), ""),
        ("columns.score", lambda one: one[2], "count"),
        title=view.text("reasons.verbatim.title"),
    )
    return [Text((view.text("reasons.verbatim.text", min_n=few),)), table]


def _reasons(view: LoyaltyView) -> list[Block]:
    themes = themes_of(view.result, "reason")
    if not themes:
        return []
    return [
        _chart(view, themes[:CHARTED]),
        *_quotes(view, themes),
        *details(_table(view, "reason", themes)),
    ]


def _chart(view: LoyaltyView, themes: list[Theme]) -> Chart:
    low, mid, high = class_colours(view)
    parts = (
        StackedPart(name=view.text("classes.detractors"), colour=low),
        StackedPart(name=view.text("classes.passives"), colour=mid),
        StackedPart(name=view.text("classes.promoters"), colour=high),
    )

    answers = view.result.open_answers
    told = "; ".join(
        view.text("reasons.chart.one", theme=t.label, n=t.n, detractors=t.detractors)
        for t in themes
    )
    return view.draw(
        StackedBars(
            labels=[t.label for t in themes],
            parts=parts,
            sizes=[(t.detractors, t.passives, t.promoters) for t in themes],
            texts=[
                [view.texts.write(k, "count") for k in (t.detractors, t.passives, t.promoters)]
                for t in themes
            ],
            right=[view.texts.write(t.n, "count") for t in themes],
            fmt="count",
        ),
        title=view.text("reasons.chart.title"),
        alt=view.text("reasons.chart.alt", values=told),
        note=view.text(
            "reasons.chart.note", n=answers.n if answers else 0, uncoded=view.result.uncoded_share
        ),
    )


def _table(view: LoyaltyView, question: str, themes: list[Theme]) -> Table:
    revenue: tuple[Column[Theme], ...] = (
        ("reasons.columns.revenue", lambda t: t.revenue, "money"),
    )
    return view.table(
        f"themes_{question}",
        themes,
        ("reasons.columns.theme", lambda t: t.label, ""),
        ("reasons.columns.n", lambda t: t.n, "count"),
        ("classes.detractors", lambda t: t.detractors, "count"),
        ("classes.passives", lambda t: t.passives, "count"),
        ("classes.promoters", lambda t: t.promoters, "count"),
        *(revenue if any(t.revenue is not None for t in themes) else ()),
        title=view.text(f"reasons.table.{question}"),
        note=view.text("reasons.columns.note"),
        shown=8,
        appendix_only=question == "reason",
    )


def _quotes(view: LoyaltyView, themes: list[Theme]) -> list[Block]:
    strongest = sorted(themes, key=lambda t: (-t.detractors, -t.n))[:2]
    return [
        Quotes(
            title=view.text("reasons.quotes", theme=theme.label),
            quotes=tuple((words, view.text("reasons.said", score=s)) for words, s in theme.quotes),
        )
        for theme in strongest
        if theme.quotes
    ]


def _improvements(view: LoyaltyView) -> list[Block]:
    themes = themes_of(view.result, "improvement")
    if not themes:
        return []
    return [
        Heading(text=_wished(view, themes), level=3),
        _table(view, "improvement", themes),
    ]


def _wished(view: LoyaltyView, themes: list[Theme]) -> str:
    asked = leading(view.result, "improvement")
    if len(asked) == 1:
        return view.text("reasons.improvement.heading", theme=asked[0].label, n=asked[0].n)
    tied = asked or themes
    if tied[NAMED:]:
        return view.text("reasons.improvement.open")
    named = named_themes(view, tied, detractors=False)
    return view.text("reasons.improvement.tied", named=named)


def _bias(view: LoyaltyView) -> list[Block]:
    bias = view.result.comment_bias
    if bias is None or bias.difference is None:
        return []
    return view.how_to_read(_bias_sentence(view, bias))


def _bias_sentence(view: LoyaltyView, bias: CommentBias) -> str:
    return view.text(
        f"reasons.bias.{bias.verdict.value}",
        commented=bias.commented.value,
        silent=bias.silent.value,
        n=bias.commented.n,
        m=bias.silent.n,
        difference=bias.difference,
    )


def _coding(view: LoyaltyView, answers: OpenAnswers) -> list[Block]:
    told = [
        view.text(
            "reasons.coding.who",
            people=answers.coded_by_people,
            n=answers.n,
            uncoded=view.result.uncoded_share,
        )
    ]
    agreement = answers.agreement
    if agreement is not None:
        key = "alpha" if agreement.alpha is not None else "no_alpha"
        told.append(view.text(f"reasons.coding.{key}", n=agreement.n, alpha=agreement.alpha))
    return view.limitation(*told)
