"""Page 2 and the action plan: the findings, strongest first."""

from collections.abc import Callable

from workbook.blocks import Block, Heading, Text, Tile, Tiles
from workbook.views.churn_reasons.portfolio import ABOVE, judged
from workbook.views.churn_reasons.shared import (
    ChurnView,
    by_number,
    by_revenue,
    of_all,
    worth_trying,
)
from workbook.views.churn_reasons.warning import useful
from workbook.views.finding import Finding, action_plan, finding, summary_findings
from workbook.views.view import NO_PERCENTAGES_BELOW


def summary(view: ChurnView) -> list[Block]:
    """Return the one-page summary: answer, tiles, three findings, one recommendation."""
    lost = view.result.lost
    if not lost.n:
        head = Heading(text=view.say("head.none"), short=view.say("short.summary"), new_page=True)
        return [head, Text((view.say("head.none_text"),))]
    return [
        Heading(text=_answer(view), short=view.say("short.summary"), new_page=True),
        Text((_lead(view),), lead=True),
        Tiles(tuple(_tiles(view)[:4])),
        *summary_findings(view, findings(view)),
    ]


def actions(view: ChurnView) -> list[Block]:
    """Return the action plan."""
    return action_plan(view, findings(view))


def _answer(view: ChurnView) -> str:
    lost, preventable = view.result.lost, view.result.preventable
    if preventable is None:
        return view.say("head.plain", n=lost.n)
    key = "head.money" if preventable.revenue is not None else "head.number"
    return view.say(
        key, k=preventable.n, n=lost.n, part=view.part(preventable.n, lost.n),
        revenue=preventable.revenue,
    )  # fmt: skip


def _lead(view: ChurnView) -> str:
    first = by_number(view)[0]
    money = by_revenue(view)
    told = view.say("head.lead", first=first.label, k=first.any, n=view.result.lost.n)
    if money and money[0].reason != first.reason:
        costly = view.say("head.costly", reason=money[0].label, revenue=money[0].revenue)
        return f"{told} {costly}"
    return told


def _tiles(view: ChurnView) -> list[Tile]:
    lost, preventable, winback = view.result.lost, view.result.preventable, view.result.winback
    rate = "" if lost.rate is None else view.say("tiles.rate", rate=lost.rate)
    tiles = [Tile(label=view.say("tiles.lost"), value=view.texts.write(lost.n, "count"), base=rate)]
    if lost.revenue is not None:
        tiles.append(
            Tile(
                label=view.say("tiles.revenue"),
                value=view.texts.write(lost.revenue, "money"),
                base=view.say("tiles.revenue_base", n=lost.revenue_known),
            )
        )
    if preventable is not None:
        tiles.append(
            Tile(
                label=view.say("tiles.preventable"),
                value=view.part(preventable.n, lost.n),
                base=view.interval(preventable.ci_low, preventable.ci_high, "pct")
                if lost.n >= NO_PERCENTAGES_BELOW
                else "",
            )
        )
    if winback is not None and winback.n:
        tiles.append(
            Tile(
                label=view.say("tiles.winback"),
                value=view.part(winback.returned, winback.n),
                base=of_all(view, winback.n),
            )
        )
    return tiles


def _money(view: ChurnView) -> Finding | None:
    money = [r for r in by_revenue(view) if r.preventable]
    if not money:
        return None
    return finding(view, "money", reason=money[0].label, revenue=money[0].revenue)


def _reason(view: ChurnView) -> Finding | None:
    named = [r for r in by_number(view) if r.preventable and r.any >= 3]
    if not named:
        return None
    owner = view.say(f"owner.{named[0].owner or 'unknown'}")
    return finding(view, "reason", reason=named[0].label, k=named[0].any, owner=owner)


def _group(view: ChurnView) -> Finding | None:
    for dimension in ("region", "segment", "product", "manager"):
        far = [g for g in judged(view, dimension) if g.verdict in ABOVE]
        if far:
            return finding(
                view, "group", group=far[0].group, by=view.say(f"by.{dimension}"),
                lost=far[0].lost, expected=far[0].expected, at_risk=far[0].at_risk,
            )  # fmt: skip
    return None


def _signal(view: ChurnView) -> Finding | None:
    best = useful(view)
    if not best or not view.result.watched:
        return None
    return finding(
        view, "signal", signal=view.say(f"signal.{best[0].signal.value}"),
        days=round(best[0].lead_days or 0), false=best[0].false_alarm_rate, n=view.result.watched,
    )  # fmt: skip


def _pair(view: ChurnView) -> Finding | None:
    sure = [p for p in view.result.pairs if p.p_holm < 0.05 and p.lift > 1]
    if not sure:
        return None
    strongest = min(sure, key=lambda p: p.p_holm)
    return finding(
        view, "pair", a=strongest.label_a, b=strongest.label_b, n=strongest.n, lift=strongest.lift
    )


def _verified(view: ChurnView) -> Finding | None:
    verified = view.result.verified
    if verified is None or not verified.base or verified.n == verified.base:
        return None
    return finding(view, "verified", k=verified.n, n=verified.base)


def _winback(view: ChurnView) -> Finding | None:
    winback = view.result.winback
    if winback is None or not view.result.candidates:
        return None
    return finding(view, "winback", k=winback.returned, n=worth_trying(view))


Rule = Callable[[ChurnView], Finding | None]
RULES: tuple[Rule, ...] = (_money, _group, _signal, _reason, _pair, _winback, _verified)


def findings(view: ChurnView) -> list[Finding]:
    """Return what the report found, most important first."""
    return [found for rule in RULES if (found := rule(view)) is not None]
