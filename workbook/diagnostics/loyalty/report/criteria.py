"""Chapter: whether customers come back, recommend and stay."""

from workbook.diagnostics.loyalty.report.promise import promise
from workbook.diagnostics.loyalty.report.shared import LoyaltyView
from workbook.diagnostics.loyalty.result import Criteria, CriterionChange, EarnedGrowth, Share
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out
from workbook.report.table import Table, TableColumn, Value
from workbook.report.view import NO_PERCENTAGES_BELOW


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on retention, the split of growth and the four criteria."""
    criteria, kept = view.result.criteria, view.result.retention
    if criteria is None and kept is None:
        return left_out(view, "criteria")
    growth = view.result.earned_growth
    return [
        Heading(
            text=_heading(view),
            short=view.text("short.criteria"),
            caption=view.text("criteria.caption", as_of=view.engagement.as_of),
            new_page=True,
        ),
        Text(tuple(_reading(view))),
        *([_growth_table(view, growth)] if growth is not None else []),
        *([_table(view, criteria)] if criteria is not None else []),
        *view.how_to_read(*(_conventions(view, criteria) if criteria is not None else [])),
        *promise(view),
    ]


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
        told.append(view.text("criteria.earlier", share=view.part(before.kept, before.before)))
    return [" ".join(told), *_growth_words(view)]


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
    return Table(
        name="earned_growth",
        title=view.text("criteria.growth.title"),
        columns=(
            TableColumn(key="part", heading=view.text("criteria.growth.part")),
            TableColumn(key="amount", heading=view.text("criteria.growth.amount"), fmt="money"),
        ),
        rows=[
            {"part": view.text(f"criteria.growth.{part}"), "amount": getattr(growth, part)}
            for part in PARTS
            if getattr(growth, part) is not None
        ],
        texts=view.texts,
        note=view.text("criteria.growth.note"),
    )


def _table(view: LoyaltyView, criteria: Criteria) -> Table:
    counts: dict[str, dict[str, Value]] = {
        "repeat": _told(
            {
                "n": criteria.repeat_customers,
                "base": criteria.customers,
                "revenue": criteria.repeat_sales,
            },
            base=criteria.customers,
        ),
        "recommended": _counted(criteria.recommended),
        "regular": _counted(criteria.regular),
        "existing": {"revenue": criteria.existing_sales},
    }
    rows = [
        _row(view, change) | counts[change.criterion] for change in view.result.criteria_changes
    ]
    return Table(
        name="loyalty_criteria",
        title=view.text("criteria.table.title"),
        columns=(
            TableColumn(key="criterion", heading=view.text("criteria.table.criterion")),
            TableColumn(key="n", heading=view.text("criteria.table.n"), fmt="count"),
            TableColumn(key="base", heading=view.text("criteria.table.base"), fmt="count"),
            TableColumn(key="share", heading=view.text("criteria.table.share"), fmt="pct1"),
            TableColumn(key="before", heading=view.text("criteria.table.before"), fmt="pct1"),
            TableColumn(key="change", heading=view.text("criteria.table.change"), fmt="points"),
            TableColumn(key="revenue", heading=view.text("criteria.table.revenue"), fmt="money"),
        ),
        rows=rows,
        texts=view.texts,
        note=view.text("criteria.table.note"),
    )


def _row(view: LoyaltyView, change: CriterionChange) -> dict[str, Value]:
    return {
        "criterion": view.text(f"criteria.factor.{change.criterion}"),
        "share": change.share,
        "before": change.before,
        "change": change.change,
    }


def _counted(now: Share | None) -> dict[str, Value]:
    if now is None:
        return {}
    return _told({"n": now.n, "base": now.base, "revenue": now.revenue}, base=now.base)


def _told(counts: dict[str, Value], *, base: int) -> dict[str, Value]:
    """Return the counts of a criterion; of few customers no shares stand beside them."""
    if base < NO_PERCENTAGES_BELOW:
        return counts | {"share": None, "before": None, "change": None}
    return counts


def _conventions(view: LoyaltyView, criteria: Criteria) -> list[str]:
    if criteria.loyalty_index is None or criteria.source_index is None:
        return []
    return [
        view.text(
            "criteria.convention", index=criteria.loyalty_index, upside_down=criteria.source_index
        )
    ]
