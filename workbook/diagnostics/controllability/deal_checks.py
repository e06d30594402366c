"""Checks against offers, control points and targets."""

import pandas as pd

from workbook.diagnostics.cells import dates, numbers, texts
from workbook.diagnostics.controllability.check_rule import CheckRule, Measured, Records, share
from workbook.diagnostics.target_cells import is_target

_CLOSED = ("won", "lost")


def deals(records: Records) -> pd.DataFrame:
    """Return one row per deal as it stands, from a list of deals or of their events.

    Events of one deal have its number; without one, those of a customer and product up to the
    day it was won or lost.  Columns: status, due_date, reason and customer of the last event; the
    last stage, source and amount that any event of the deal tells ("" or NaN where none does).
    """
    frame = records.tables["offers"]
    made = pd.DataFrame(
        {name: texts(frame, name) for name in ("status", "stage", "reason", "source", "deal_id")}
    ).assign(
        customer=texts(frame, "customer_id"),
        key=texts(frame, "customer_id") + "\0" + texts(frame, "product"),
        date=dates(frame, "date"),
        due_date=dates(frame, "due_date"),
        amount=numbers(frame, "amount"),
    )
    made = made.sort_values("date", kind="stable", ignore_index=True)
    # a customer may be won twice with one product: each closing event ends a deal, and what
    # comes after it belongs to the next one
    closed = made["status"].isin(_CLOSED).astype(int)
    turn = (closed.groupby(made["key"]).cumsum() - closed).astype("str")
    named = made["deal_id"] != ""
    made["deal"] = ("#" + made["deal_id"]).where(named, made["key"] + "\0" + turn)
    told = made[["stage", "source"]].where(made[["stage", "source"]] != "")
    known = told.assign(amount=made["amount"]).groupby(made["deal"], sort=False).last()
    standing = made.drop_duplicates("deal", keep="last").set_index("deal")
    columns = ["status", "due_date", "reason", "customer"]
    return standing[columns].join(known).fillna({"stage": "", "source": ""})


def lost_without_stage(records: Records) -> Measured:
    """Count lost deals of which no stage is known."""
    found = deals(records)
    return share(found["stage"] == "", found["status"] == "lost")


def lost_without_reason(records: Records) -> Measured:
    """Count lost deals without a reason."""
    found = deals(records)
    return share(found["reason"] == "", found["status"] == "lost")


def open_without_next_step(records: Records) -> Measured:
    """Count open deals without a date of the next step."""
    found = deals(records)
    return share(found["due_date"].isna(), found["status"] == "open")


def open_overdue(records: Records) -> Measured:
    """Count open deals whose next step is past, of those that have one."""
    found = deals(records)
    past = found["due_date"] < pd.Timestamp(records.as_of)
    return share(past, (found["status"] == "open") & found["due_date"].notna())


def deals_without_source(records: Records) -> Measured:
    """Count deals of which nobody knows where they came from."""
    return share(deals(records)["source"] == "")


def won_without_amount(records: Records) -> Measured:
    """Count won deals without an amount."""
    found = deals(records)
    return share(found["amount"].isna(), found["status"] == "won")


def points_done_late(records: Records) -> Measured:
    """Count control points done after they were due, of those done by the as-of date."""
    frame = records.tables["control_points"]
    due, done = dates(frame, "due_date"), dates(frame, "done_date")
    return share(done > due, due.notna() & (done <= pd.Timestamp(records.as_of)))


def points_overdue(records: Records) -> Measured:
    """Count control points due by the as-of date and not done then."""
    frame = records.tables["control_points"]
    due, done = dates(frame, "due_date"), dates(frame, "done_date")
    today = pd.Timestamp(records.as_of)
    return share(done.isna() | (done > today), due < today)


def segments_without_target(records: Records) -> Measured:
    """Count segments for which the target matrix has no product; without a matrix, all.

    Segments are those of the rules, where there are none those of the customers.
    """
    by_rule = records.tables.get("segments")
    named = texts(records.tables["customers"] if by_rule is None else by_rule, "segment")
    there = sorted({name.casefold() for name in named} - {""})
    meant = _with_target(records.tables.get("targets"))
    return share([name not in meant for name in there])


def _with_target(targets: pd.DataFrame | None) -> set[str]:
    """Return the segments with a target product in the matrix, folded; optional is no target."""
    if targets is None:
        return set()
    products = [column for column in targets.columns if column != "segment"]
    rows = zip(texts(targets, "segment"), *(texts(targets, p) for p in products), strict=True)
    return {segment.casefold() for segment, *cells in rows if any(map(is_target, cells))}


DEAL_RULES = (
    CheckRule(
        check="late_control_points",
        item="1.5",
        needs=("control_points", "control_points.due_date", "control_points.done_date"),
        measure=points_done_late,
        bound="late_share",
    ),
    CheckRule(
        check="open_deals_without_next_step",
        item="1.11",
        needs=("offers", "offers.due_date"),
        measure=open_without_next_step,
        bound="missing_share",
    ),
    CheckRule(
        check="overdue_deals",
        item="1.14",
        needs=("offers", "offers.due_date"),
        measure=open_overdue,
        bound="late_share",
    ),
    CheckRule(
        check="deals_without_source",
        item="2.2",
        needs=("offers", "offers.source"),
        measure=deals_without_source,
        bound="missing_share",
    ),
    CheckRule(
        check="lost_deals_without_reason",
        item="2.4",
        needs=("offers", "offers.reason"),
        measure=lost_without_reason,
        bound="missing_share",
    ),
    CheckRule(
        check="won_deals_without_amount",
        item="2.5",
        needs=("offers", "offers.amount"),
        measure=won_without_amount,
        bound="missing_share",
    ),
    CheckRule(
        check="segments_without_target",
        item="4.1",
        needs=("customers",),
        also=("segments", "targets"),
        measure=segments_without_target,
        bound="missing_share",
        scarce=True,
    ),
    CheckRule(
        check="lost_deals_without_stage",
        item="4.4",
        needs=("offers", "offers.stage"),
        measure=lost_without_stage,
        bound="missing_share",
    ),
    CheckRule(
        check="overdue_control_points",
        item="4.8",
        needs=("control_points", "control_points.due_date"),
        measure=points_overdue,
        bound="late_share",
    ),
)
"""Checks of this module, by item."""
