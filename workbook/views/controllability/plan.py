"""Page 2 and the action plan: the findings, strongest first."""

from collections.abc import Callable

from workbook.blocks import Block, Heading, Text, Tile, Tiles
from workbook.diagnostics.controllability.result import Alpha, QuestionnaireResult
from workbook.views.controllability.agreement import reading
from workbook.views.controllability.contradictions import figure, tested
from workbook.views.controllability.doubts import NAMED, straight, unknown_items
from workbook.views.controllability.levels import apart, direction
from workbook.views.controllability.sections import profile_lines, ranked
from workbook.views.controllability.shared import (
    ControlView,
    counts,
    label,
    labels,
    lead,
    mark_name,
    points,
    standing,
)
from workbook.views.controllability.waves import direction as course
from workbook.views.finding import Finding, action_plan, finding, summary_findings

Rule = Callable[[ControlView, QuestionnaireResult], Finding | None]


def summary(view: ControlView) -> list[Block]:
    """Return the one-page summary: answer, tiles, three findings, one recommendation."""
    found = lead(view)
    if found is None:
        head = Heading(text=view.say("head.none"), short=view.say("short.summary"), new_page=True)
        return [head, Text((view.say("head.none_text"),))]
    return [
        Heading(text=answer(view, found), short=view.say("short.summary"), new_page=True),
        Text((_lead(view, found),), lead=True),
        Tiles(_tiles(view, found)),
        *summary_findings(view, findings(view)),
    ]


def actions(view: ControlView) -> list[Block]:
    """Return the action plan."""
    return action_plan(view, findings(view))


def answer(view: ControlView, questionnaire: QuestionnaireResult) -> str:
    """Return the answer in a sentence with its number."""
    return view.say(
        f"head.{standing(questionnaire)}", title=questionnaire.title, index=questionnaire.index
    )


def _lead(view: ControlView, questionnaire: QuestionnaireResult) -> str:
    told = view.say(
        "head.lead", n=questionnaire.n_respondents, items=questionnaire.n_items,
        counts=counts(view, questionnaire.marks), marks=questionnaire.n_marks,
    )  # fmt: skip
    return " ".join([told, *profile_lines(view, questionnaire)])


def _tiles(view: ControlView, questionnaire: QuestionnaireResult) -> tuple[Tile, ...]:
    marks, alpha = questionnaire.marks, questionnaire.alpha
    return (
        Tile(
            label=view.say("tiles.index"),
            value=view.texts.write(questionnaire.index, "pct1"),
            change=_change(view, questionnaire),
            base=view.say("tiles.by_sections", index=questionnaire.index_sections),
        ),
        Tile(
            label=view.say("tiles.marks"),
            value=view.say("k_of_n", k=marks["+"], n=questionnaire.n_marks),
            base=view.say(
                "tiles.other_marks", half=marks["+/-"], minus=marks["-"]
            ),
        ),
        Tile(
            label=view.say("tiles.alpha"),
            value=view.say(f"tiles.alpha_value.{_told(alpha)}", alpha=alpha.value),
            change=view.say(f"tiles.reading.{reading(alpha)}"),
            base=view.interval(alpha.ci_low, alpha.ci_high, "dec2")
            if alpha.ci_low is not None
            else view.say("tiles.respondents", n=questionnaire.n_respondents),
        ),
        _last_tile(view, questionnaire),
    )  # fmt: skip


def _told(alpha: Alpha) -> str:
    kind = reading(alpha)
    return kind if alpha.value is None else "known"


def _change(view: ControlView, questionnaire: QuestionnaireResult) -> str:
    change = questionnaire.change
    if change is None:
        return ""
    return view.say(
        f"tiles.change.{course(change)}", points=points(abs(change.difference)),
        against=change.against,
    )  # fmt: skip


def _last_tile(view: ControlView, questionnaire: QuestionnaireResult) -> Tile:
    checks = tested(questionnaire)
    if checks:
        return Tile(
            label=view.say("tiles.contradictions"),
            value=view.say("k_of_n", k=len(questionnaire.contradictions), n=len(checks)),
            base=view.say("tiles.checks"),
        )
    return Tile(
        label=view.say("tiles.gaps"),
        value=view.say("k_of_n", k=len(questionnaire.gaps), n=questionnaire.n_scored),
        base=view.say("tiles.gaps_base"),
    )


def _contradiction(view: ControlView, questionnaire: QuestionnaireResult) -> Finding | None:
    if not questionnaire.contradictions:
        return None
    first = questionnaire.contradictions[0]
    return finding(
        view, "contradiction", k=len(questionnaire.contradictions), n=len(tested(questionnaire)),
        id=first.item, mark=mark_name(view, first.mark), value=figure(view, first),
        measured=view.say(f"measured.{first.measured}"), item=labels(questionnaire)[first.item],
    )  # fmt: skip


def _gap(view: ControlView, questionnaire: QuestionnaireResult) -> Finding:
    if not questionnaire.gaps:
        return finding(view, "no_gap", problem=False, n=questionnaire.n_scored)
    return _gap_at(view, questionnaire, 0)


def _gap_at(view: ControlView, questionnaire: QuestionnaireResult, place: int) -> Finding:
    gap = questionnaire.gaps[place]
    item = next(i for i in questionnaire.items if i.id == gap.item)
    return finding(
        view, "gap_next" if place else "gap", item=label(item), score=gap.score,
        recommendation=item.recommendation, metric=item.metric,
    )  # fmt: skip


def _next_gap(view: ControlView, questionnaire: QuestionnaireResult) -> Finding | None:
    return _gap_at(view, questionnaire, 1) if len(questionnaire.gaps) > 1 else None


def _section(view: ControlView, questionnaire: QuestionnaireResult) -> Finding | None:
    rows = ranked(questionnaire)
    if len(rows) < 2 or rows[0].index == rows[-1].index:
        return None
    return finding(
        view, "section", section=rows[0].title, index=rows[0].index,
        whole=questionnaire.index,
    )  # fmt: skip


def _levels(view: ControlView, questionnaire: QuestionnaireResult) -> Finding | None:
    rows = apart(questionnaire)
    if questionnaire.level_gap is None or direction(questionnaire) == "alike" or not rows:
        return None
    known = {level.level: level.index for level in questionnaire.levels}
    return finding(
        view, f"levels_{direction(questionnaire)}", management=known["management"],
        line=known["line"], item=label(rows[0]),
    )  # fmt: skip


def _agreement(view: ControlView, questionnaire: QuestionnaireResult) -> Finding:
    kind = reading(questionnaire.alpha)
    return finding(
        view, f"agreement_{kind}", problem=kind in ("low", "middle", "alone"),
        alpha=questionnaire.alpha.value, n=len(questionnaire.agenda),
    )  # fmt: skip


def _straight(view: ControlView, questionnaire: QuestionnaireResult) -> Finding | None:
    same = [(name, row) for name, row in straight(view, questionnaire) if row.all_same == "+"]
    if not same:
        return None
    name, row = same[0]
    return finding(view, "straight", name=name, n=row.n)


def _fall(view: ControlView, questionnaire: QuestionnaireResult) -> Finding | None:
    return _wave(view, questionnaire, "down")


def _rise(view: ControlView, questionnaire: QuestionnaireResult) -> Finding | None:
    return _wave(view, questionnaire, "up")


def _wave(view: ControlView, questionnaire: QuestionnaireResult, wanted: str) -> Finding | None:
    change = questionnaire.change
    if change is None or course(change) != wanted:
        return None
    return finding(
        view, f"wave_{wanted}", problem=wanted == "down", against=change.against,
        points=points(abs(change.difference)), improved=change.improved, worsened=change.worsened,
    )  # fmt: skip


def _unknown(view: ControlView, questionnaire: QuestionnaireResult) -> Finding | None:
    if not questionnaire.dont_know:
        return None
    items = ", ".join(i.id for i in unknown_items(questionnaire)[:NAMED])
    return finding(view, "unknown", n=questionnaire.dont_know, items=items)


def _index(view: ControlView, questionnaire: QuestionnaireResult) -> Finding | None:
    if _section(view, questionnaire) is not None:
        return None
    return finding(
        view, "index", problem=False, index=questionnaire.index,
        counts=counts(view, questionnaire.marks),
    )  # fmt: skip


RULES: tuple[Rule, ...] = (
    _contradiction, _gap, _levels, _agreement, _section, _fall, _straight, _unknown, _index,
    _next_gap, _rise,
)  # fmt: skip
MOST = 8
"""Steps of the action plan."""


def findings(view: ControlView) -> list[Finding]:
    """Return what the report found, most important first."""
    questionnaire = lead(view)
    if questionnaire is None:
        return []
    found = [f for rule in RULES if (f := rule(view, questionnaire)) is not None]
    return found[:MOST]
