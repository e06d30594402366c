"""Chapter: whether customers come back, recommend and stay."""

from dataclasses import dataclass

from workbook.diagnostics.loyalty.criteria_result import (
    Criteria,
    CriterionChange,
    EarnedGrowth,
    Promise,
    Retention,
)
from workbook.diagnostics.loyalty.report.loyalty_view import LoyaltyView
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.lost_words import lost_beside
from workbook.report.table import Table


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on retention, the split of growth and the four criteria."""
    criteria, kept = view.result.criteria, view.result.retention
    if criteria is None and kept is None:
        return view.left_out("criteria")
    growth = view.result.earned_growth
    return [
        Heading(
            text=_heading(view),
            short=view.text("short.criteria"),
            caption=view.text("criteria.caption", as_of=view.engagement.as_of),
        ),
        Text(tuple(_reading(view))),
        *_promise(view),
        *details(*([_growth_table(view, growth)] if growth is not None else [])),
        *(details(*_told(view, criteria)) if criteria is not None else []),
    ]


def _told(view: LoyaltyView, criteria: Criteria) -> list[Block]:
    return [_table(view, criteria), *view.how_to_read(*_conventions(view, criteria))]


def _heading(view: LoyaltyView) -> str:
    kept, criteria = view.result.retention, view.result.criteria
    if kept is not None:
        return view.text("criteria.heading", kept=kept.kept, n=kept.before)
    return view.text("criteria.short", n=criteria.buyers if criteria else 0)


def _reading(view: LoyaltyView) -> list[str]:
    kept, before = view.result.retention, view.result.retention_before
    if kept is None:
        return [view.text("criteria.no_history")]
    told = [
        view.text(
            "criteria.retention",
            share=view.part(kept.kept, kept.before),
            interval=view.interval(kept.ci_low, kept.ci_high, "pct"),
            late=view.part(kept.kept_window, kept.before),
            months=kept.window_months,
        )
    ]
    if kept.revenue_share is not None:
        told.append(
            view.text(
                "criteria.money", before=kept.revenue_before, now=kept.revenue_kept,
                share=kept.revenue_share,
            )
        )  # fmt: skip
    if before is not None:
        until = view.result.before_until
        key = "criteria.earlier" if until is None else "criteria.earlier_period"
        share = view.part(before.kept, before.before)
        told.append(view.text(key, share=share, until=until))
    return [" ".join(told), *_lost(view, kept), *_growth_words(view)]


def _lost(view: LoyaltyView, kept: Retention) -> list[str]:
    """Say how those who did not buy again relate to the customers that are lost."""
    states = view.result.customer_states
    if states is None:
        return []
    gone = kept.before - kept.kept
    return [lost_beside(view.texts, states, gone=gone, registered=kept.gone_registered or 0)]


def _growth_words(view: LoyaltyView) -> list[str]:
    growth, factor = view.result.earned_growth, view.result.key_factor
    if growth is None:
        return []
    told = []
    if growth.value is not None:
        told.append(view.text("criteria.earned", value=growth.value * 100))
    if factor is not None:
        told.append(
            view.text(
                f"criteria.key.{factor.value}", revenue=view.result.key_factor_revenue,
                recommended=growth.new_recommended,
            )
        )  # fmt: skip
    return [" ".join(told)] if told else []


PARTS = ("revenue_before", "grown", "shrunk", "lost", "new_recommended", "new_other", "revenue_now")


def _growth_table(view: LoyaltyView, growth: EarnedGrowth) -> Table:
    return view.table(
        "earned_growth",
        [part for part in PARTS if getattr(growth, part) is not None],
        ("criteria.growth.part", lambda part: view.text(f"criteria.growth.{part}"), ""),
        ("criteria.growth.amount", lambda part: getattr(growth, part), "money"),
        title=view.text("criteria.growth.title"),
        note=view.text("criteria.growth.note"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    """The customers and the revenue behind one criterion."""

    n: int | None = None
    base: int | None = None
    revenue: float | None = None


def _counts(criteria: Criteria) -> dict[str, _Counts]:
    """Return what each criterion counts; nothing where it is not known."""
    found = {"recommended": criteria.recommended, "regular": criteria.regular}
    counted = {
        name: _Counts(n=share.n, base=share.base, revenue=share.revenue)
        for name, share in found.items()
        if share is not None
    }
    repeat = _Counts(
        n=criteria.repeat_customers, base=criteria.customers, revenue=criteria.repeat_sales
    )
    return {"repeat": repeat, "existing": _Counts(revenue=criteria.existing_sales), **counted}


def _table(view: LoyaltyView, criteria: Criteria) -> Table:
    counts = _counts(criteria)

    def count(change: CriterionChange) -> _Counts:
        return counts.get(change.criterion, _Counts())

    def told(change: CriterionChange, share: float | None) -> float | None:
        """Of few customers no shares stand beside their numbers."""
        base = count(change).base
        return share if base is None or view.in_percent(base) else None

    until = view.result.before_until
    before = "criteria.table.before" if until is None else "criteria.table.before_period"
    return view.table(
        "loyalty_criteria",
        view.result.criteria_changes,
        ("criteria.table.criterion", lambda c: view.text(f"criteria.factor.{c.criterion}"), ""),
        ("criteria.table.n", lambda c: count(c).n, "count"),
        ("criteria.table.base", lambda c: count(c).base, "count"),
        ("criteria.table.share", lambda c: told(c, c.share), "pct1"),
        (before, lambda c: told(c, c.before), "pct1"),
        ("criteria.table.change", lambda c: told(c, c.change), "points"),
        ("criteria.table.revenue", lambda c: count(c).revenue, "money"),
        title=view.text("criteria.table.title"),
        note=view.text("criteria.table.note"),
        facts={"until": until},
    )


def _conventions(view: LoyaltyView, criteria: Criteria) -> list[str]:
    if criteria.loyalty_index is None or criteria.source_index is None:
        return []
    return [
        view.text(
            "criteria.convention", index=criteria.loyalty_index, upside_down=criteria.source_index
        )
    ]


def _promise(view: LoyaltyView) -> list[Block]:
    """Return promise against deed; nothing where survey and sales name no customers."""
    found = view.result.promise
    if found is None:
        return []
    told = tuple(s for s in (_recommended(view, found), _left(view, found)) if s)
    return [Heading(text=view.text("promise.heading"), level=3), Text(told)] if told else []


def _recommended(view: LoyaltyView, found: Promise) -> str:
    if not found.promoters or found.promoters_named is None:
        return ""
    return view.text("promise.recommended", n=found.promoters, named=found.promoters_named)


def _left(view: LoyaltyView, found: Promise) -> str:
    if not found.detractors_followed or found.detractors_left is None:
        return ""
    told = view.text(
        "promise.left",
        n=found.detractors_followed,
        left=found.detractors_left,
        months=view.params.silence_months,
    )
    if not found.promoters_followed or found.promoters_left is None:
        return told
    return f"{told} " + view.text(
        "promise.left_promoters", n=found.promoters_followed, left=found.promoters_left
    )
