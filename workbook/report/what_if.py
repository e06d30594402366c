"""Pages of the summary that somebody asked for: a client's own year with one thing changed."""

from collections.abc import Mapping, Sequence

from workbook.diagnostics.what_if.discount_scale import DiscountScale, Step
from workbook.diagnostics.what_if.leaving_manager import ManagerHolds, ManagerLeaves, Rests
from workbook.diagnostics.what_if.mended_reason import Effect, MendedReason
from workbook.report.blocks import Block, Heading, NotStudied, Text
from workbook.report.cells import Interval, Value, interval
from workbook.report.table import Table
from workbook.report.view import P, R, View

_RESTS: Mapping[Rests, str] = {
    Rests.ALONE: "what_if.yes",
    Rests.UNKNOWN: "what_if.unknown",
    Rests.SHARED: "what_if.no",
}


def reason_page(view: View[R, P], found: MendedReason | None) -> list[Block]:
    """Return the page of a reason that is mended; its name alone where there are no losses."""
    if found is None:
        return _not_studied(view, "reason")
    rows = [("kept", found.named, _kept_share(found), found.kept)]
    if found.won_back is not None:
        rows.append(("won_back", found.away.n, found.rate, found.won_back))
    table = view.table(
        "what_if_reason",
        rows,
        ("what_if.reason.what", lambda row: view.text(f"what_if.reason.{row[0]}"), ""),
        ("what_if.reason.base", lambda row: row[1], "count"),
        ("what_if.reason.share", lambda row: row[2], "pct"),
        ("what_if.reason.customers", lambda row: row[3].customers, "dec1"),
        ("what_if.reason.range", lambda row: Interval(row[3].low, row[3].high), interval("dec1")),
        ("what_if.reason.revenue", lambda row: row[3].revenue, "money"),
        ("what_if.reason.revenue_range", lambda row: _revenue_range(row[3]), interval("money")),
        title=view.text("what_if.reason.title", reason=found.label),
    )
    return [
        _heading(view, "reason", _reason_heading(view, found)),
        table,
        Text((view.text("what_if.reason.note"), _rate_note(view, found), _known_note(view, found))),
    ]


def discount_page(view: View[R, P], found: DiscountScale | None) -> list[Block]:
    """Return the page of a scale of discounts; its name alone without sales."""
    if found is None:
        return _not_studied(view, "discount")
    key = "heading" if found.cost > 0 else "heading_free"
    heading = view.text(
        f"what_if.discount.{key}", cost=found.cost, n=found.n, of=found.of_customers
    )
    return [
        _heading(view, "discount", heading),
        _steps(view, found),
        Text(_scale_notes(view, found)),
        _scaled(view, found),
    ]


def manager_page(view: View[R, P], found: ManagerLeaves | None) -> list[Block]:
    """Return the page of a manager who leaves; its name alone where no manager is known."""
    if found is None:
        return _not_studied(view, "manager")
    contacts = () if found.contacts_known else (view.text("what_if.manager.contacts"),)
    return [
        _heading(view, "manager", _manager_heading(view, found.leaves)),
        _managers(view, found.managers),
        Text((view.text("what_if.manager.note"), *contacts)),
        _held(view, found),
    ]


def _not_studied(view: View[R, P], page: str) -> list[Block]:
    short, fill = (view.text(f"what_if.{page}.{key}") for key in ("short", "fill"))
    return [NotStudied(name=short, fill=fill)]


def _heading(view: View[R, P], page: str, text: str) -> Heading:
    return Heading(
        text=text,
        short=view.text(f"what_if.{page}.short"),
        caption=view.text(f"what_if.{page}.caption", as_of=view.engagement.as_of),
    )


def _reason_heading(view: View[R, P], found: MendedReason) -> str:
    kept = found.kept
    key = "heading" if kept.low != kept.high else "heading_exact" if kept.high else "heading_none"
    heading = view.text(
        f"what_if.reason.{key}",
        reason=found.label,
        low=kept.low,
        high=kept.high,
        n=found.of_losses,
    )
    if not kept.revenue_high:
        return heading
    worth = "worth" if kept.revenue_low != kept.revenue_high else "worth_exact"
    return view.text(
        f"what_if.reason.{worth}", heading=heading, low=kept.revenue_low, high=kept.revenue_high
    )


def _kept_share(found: MendedReason) -> float | None:
    return None if found.leave_anyway is None else 1 - found.leave_anyway


def _revenue_range(effect: Effect) -> Interval:
    return Interval(effect.revenue_low, effect.revenue_high)


def _rate_note(view: View[R, P], found: MendedReason) -> str:
    if found.rate is None:
        return view.text("what_if.reason.no_rate")
    if found.returns is None:
        return view.text("what_if.reason.assumed", rate=found.rate)
    return view.text(
        "what_if.reason.counted",
        returned=found.returns.returned,
        n=found.returns.n,
        confidence=found.confidence,
    )


def _known_note(view: View[R, P], found: MendedReason) -> str:
    """Return of how many losses the revenue is known; nothing where it is of all or of none."""
    if found.of_revenue is None or found.revenue_known == found.of_losses:
        return ""
    return view.text("what_if.reason.partly", known=found.revenue_known, n=found.of_losses)


def _steps(view: View[R, P], found: DiscountScale) -> Table:
    never = view.text("what_if.discount.never")
    rows: list[dict[str, Value]] = [_step(step, never) for step in found.steps]
    rows.append(
        {
            "from": view.text("what_if.discount.all"),
            "customers": found.n,
            "turnover": found.turnover,
            "cost": found.cost,
            "extra": never if found.never_pays else found.extra,
        }
    )
    return Table(
        name="what_if_discount",
        title=view.text("what_if.discount.title"),
        columns=view.columns(
            ("from", "what_if.discount.turnover_from", "money_full"),
            ("discount", "what_if.discount.discount", "pct1"),
            ("customers", "what_if.discount.customers", "count"),
            ("turnover", "what_if.discount.turnover", "money"),
            ("cost", "what_if.discount.cost", "money"),
            ("extra", "what_if.discount.extra", "money"),
            ("extra_share", "what_if.discount.extra_share", "pct1"),
        ),
        rows=rows,
        texts=view.texts,
    )


def _step(step: Step, never: str) -> dict[str, Value]:
    return {
        "from": step.turnover_from,
        "discount": step.discount,
        "customers": step.customers,
        "turnover": step.turnover,
        "cost": step.cost,
        "extra": never if step.never_pays else step.extra,
        "extra_share": step.extra_share,
    }


def _scale_notes(view: View[R, P], found: DiscountScale) -> tuple[str, ...]:
    note = view.text("what_if.discount.note")
    if not found.cost:
        return (note,)
    margin = view.text(
        f"what_if.discount.{found.margin_from}", margin=found.margin, known=found.margin_known
    )
    never = (view.text("what_if.discount.never_note"),) if found.never_pays else ()
    return (note, margin, *never)


def _scaled(view: View[R, P], found: DiscountScale) -> Table:
    """Return the sheet of everybody who would get a discount."""
    rows = found.customers
    return view.table(
        "what_if_discounted",
        rows,
        ("what_if.discount.customer", rows.values("name"), ""),
        ("what_if.discount.turnover", rows.values("turnover"), "money_full"),
        ("what_if.discount.discount", rows.values("discount"), "pct1"),
        ("what_if.discount.cost", rows.values("cost"), "money_full"),
        title=view.text("what_if.discount.list"),
        appendix_only=True,
    )


def _manager_heading(view: View[R, P], who: ManagerHolds) -> str:
    if who.alone:
        key, k, money = "heading", who.alone, who.alone_revenue
    elif who.unknown:
        key, k, money = "heading_unknown", who.unknown, who.unknown_revenue
    elif who.customers:
        key, k, money = "heading_shared", who.shared, who.revenue
    else:
        key, k, money = "heading_empty", who.customers, who.revenue
    facts = {"manager": who.manager, "money": money, "k": k, "n": who.customers}
    return view.text(f"what_if.manager.{key}", **facts)


def _managers(view: View[R, P], managers: Sequence[ManagerHolds]) -> Table:
    nobody = view.text("what_if.manager.nobody")
    return view.table(
        "what_if_managers",
        managers,
        ("what_if.manager.manager", lambda m: m.manager or nobody, ""),
        ("what_if.manager.customers", lambda m: m.customers, "count"),
        ("what_if.manager.revenue", lambda m: m.revenue, "money"),
        ("what_if.manager.alone", lambda m: m.alone, "count"),
        ("what_if.manager.alone_revenue", lambda m: m.alone_revenue, "money"),
        ("what_if.manager.unknown_revenue", lambda m: m.unknown_revenue, "money"),
        ("what_if.manager.shared_revenue", lambda m: m.shared_revenue, "money"),
        title=view.text("what_if.manager.title"),
    )


def _held(view: View[R, P], found: ManagerLeaves) -> Table:
    """Return the sheet of the customers of the manager who leaves."""
    rows = found.customers
    words = {True: "what_if.yes", False: "what_if.no", None: "what_if.unknown"}

    def told(name: str) -> list[Value]:
        return [view.text(words[one]) for one in rows.values(name)]

    return view.table(
        "what_if_manager_customers",
        rows,
        ("what_if.manager.customer", rows.values("name"), ""),
        ("what_if.manager.revenue", rows.values("revenue"), "money_full"),
        ("what_if.manager.only_manager", told("only_manager"), ""),
        ("what_if.manager.single_contact", told("single_contact"), ""),
        ("what_if.manager.single_product", told("single_product"), ""),
        ("what_if.manager.rests", [view.text(_RESTS[r]) for r in rows.values("rests")], ""),
        title=view.text("what_if.manager.list", manager=found.leaves.manager),
        appendix_only=True,
    )
