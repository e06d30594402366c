"""Chapter: whether customers come back, recommend and stay."""

from workbook.blocks import Block, Heading, Text
from workbook.diagnostics.loyalty.result import Criteria, Share
from workbook.table import Table, TableColumn, Value
from workbook.views.loyalty.promise import promise
from workbook.views.loyalty.shared import LoyaltyView
from workbook.views.parts import left_out
from workbook.views.view import NO_PERCENTAGES_BELOW


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on the four criteria of loyalty."""
    criteria = view.result.criteria
    if criteria is None:
        return left_out(view, "criteria")
    return [
        Heading(
            text=view.say(
                "criteria.heading",
                repeat=view.part(criteria.repeat_customers, criteria.customers)
                if criteria.customers
                else "–",
                existing=criteria.existing_sales_share,
            ),
            short=view.say("short.criteria"),
            caption=view.say("criteria.caption", start=criteria.start, end=criteria.end),
            new_page=True,
        ),
        Text((_key_factor(view),)),
        _table(view, criteria),
        *view.how_to_read(*_conventions(view, criteria)),
        *promise(view),
    ]


def _key_factor(view: LoyaltyView) -> str:
    if view.result.key_factor is None:
        return view.say("criteria.no_key_factor")
    return view.say(
        "criteria.key_factor",
        factor=view.say(f"criteria.factor.{view.result.key_factor.value}"),
        revenue=view.result.key_factor_revenue,
    )


def _table(view: LoyaltyView, criteria: Criteria) -> Table:
    before = view.result.criteria_before
    rows: list[dict[str, Value]] = [
        _row(view, "repeat", criteria.loyalty_index, before.loyalty_index if before else None)
        | {
            "n": criteria.repeat_customers,
            "base": criteria.customers,
            "revenue": criteria.repeat_sales,
        },
        _counted(view, "recommended", criteria.recommended, before.recommended if before else None),
        _counted(view, "regular", criteria.regular, before.regular if before else None),
        _row(
            view,
            "existing",
            criteria.existing_sales_share,
            before.existing_sales_share if before else None,
        )
        | {"revenue": criteria.existing_sales},
    ]
    return Table(
        name="loyalty_criteria",
        title=view.say("criteria.table.title"),
        columns=(
            TableColumn(key="criterion", heading=view.say("criteria.table.criterion")),
            TableColumn(key="n", heading=view.say("criteria.table.n"), fmt="count"),
            TableColumn(key="base", heading=view.say("criteria.table.base"), fmt="count"),
            TableColumn(key="share", heading=view.say("criteria.table.share"), fmt="pct1"),
            TableColumn(key="before", heading=view.say("criteria.table.before"), fmt="pct1"),
            TableColumn(key="change", heading=view.say("criteria.table.change"), fmt="points"),
            TableColumn(key="revenue", heading=view.say("criteria.table.revenue"), fmt="money"),
        ),
        rows=rows,
        texts=view.texts,
        note=view.say("criteria.table.note"),
    )


def _row(
    view: LoyaltyView, criterion: str, share: float | None, before: float | None
) -> dict[str, Value]:
    change = None if share is None or before is None else (share - before) * 100
    return {
        "criterion": view.say(f"criteria.factor.{criterion}"),
        "share": share,
        "before": before,
        "change": change,
    }


def _counted(
    view: LoyaltyView, criterion: str, now: Share | None, before: Share | None
) -> dict[str, Value]:
    row = _row(view, criterion, now.share if now else None, before.share if before else None)
    if now is None:
        return row
    counts: dict[str, Value] = {"n": now.n, "base": now.base, "revenue": now.revenue}
    if now.base < NO_PERCENTAGES_BELOW:
        return row | counts | {"share": None, "before": None, "change": None}
    return row | counts


def _conventions(view: LoyaltyView, criteria: Criteria) -> list[str]:
    if criteria.loyalty_index is None or criteria.source_index is None:
        return []
    return [
        view.say(
            "criteria.convention", index=criteria.loyalty_index, upside_down=criteria.source_index
        )
    ]
