"""Chapter: customers' next dates; every manager's own list and calendar beside the report."""

from collections.abc import Iterator
from functools import partial

from workbook.diagnostics.segmentation_matrix.next_dates import DateKind
from workbook.diagnostics.segmentation_matrix.report.control import point_name
from workbook.diagnostics.segmentation_matrix.report.funnel import stage_name
from workbook.diagnostics.segmentation_matrix.report.names import (
    MatrixView,
    in_words,
    manager_name,
    yes,
)
from workbook.report.appendix import to_xlsx
from workbook.report.blocks import Block, FileData, Heading, details
from workbook.report.calendar_file import CalendarDay, calendar_file
from workbook.report.meta import meta_of
from workbook.report.table import Table, TableColumn
from workbook.stats.data_table import DataTable

SHOWN = 15
"""Managers on the page; all of them are in the appendix."""


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on next dates, and the files with the dates of every manager."""
    dates = view.result.next_dates
    if not dates:
        return view.left_out("next_dates")
    return details(
        Heading(
            text=view.text(
                "next_dates.heading",
                n=len(dates),
                overdue=int(dates["overdue"].sum()),
                soon=sum(row.soon for row in view.result.next_dates_managers),
                days=view.params.soon_days,
            ),
            short=view.text("short.next_dates"),
            caption=view.text("next_dates.caption", day=view.engagement.as_of),
        ),
        _managers(view),
        _table(view, dates, name="next_dates", title=view.text("next_dates.full")),
        FileData(name="next_dates.xlsx", content=_sheets(view)),
        FileData(name="next_dates.ics", content=_calendar(view)),
    )


def _managers(view: MatrixView) -> Table:
    return view.table(
        "next_dates_managers",
        view.result.next_dates_managers,
        ("columns.manager", lambda m: manager_name(view, m.manager), ""),
        ("next_dates.columns.overdue", lambda m: m.overdue, "count"),
        ("next_dates.columns.soon", lambda m: m.soon, "count"),
        ("next_dates.columns.later", lambda m: m.later, "count"),
        ("next_dates.columns.next", lambda m: m.next, "day_short"),
        title=view.text("next_dates.table"),
        shown=SHOWN,
        note=view.text(
            "next_dates.note", complaint=view.params.complaint_days, days=view.params.soon_days
        ),
        facts={"days": view.params.soon_days},
    )


def _what(view: MatrixView, dates: DataTable) -> list[str]:
    """Return what is due in words: the stage of a deal, a control point, a complaint's subject."""
    words = {
        DateKind.OFFER: partial(stage_name, view),
        DateKind.POINT: partial(point_name, view),
    }
    pairs = zip(dates.values("kind"), dates.values("what"), strict=True)
    return [words.get(DateKind(kind), str)(what) if what else "" for kind, what in pairs]


def _kinds(view: MatrixView, dates: DataTable) -> list[str]:
    return in_words(dates.values("kind"), lambda kind: view.text(f"next_dates.kind.{kind}"))


def _names(dates: DataTable) -> list[str]:
    """Return the customer's name in each row, its id where it has none."""
    pairs = zip(dates.values("name"), dates.values("customer_id"), strict=True)
    return [name or customer for name, customer in pairs]


def _table(
    view: MatrixView, dates: DataTable, *, name: str, title: str, with_manager: bool = True
) -> Table:
    manager = in_words(dates.values("manager"), partial(manager_name, view))
    return view.table(
        name,
        dates,
        *([("columns.manager", manager, "")] if with_manager else []),
        ("next_dates.columns.date", dates.values("date"), "day_short"),
        ("next_dates.columns.is_overdue", yes(view, dates, "overdue"), ""),
        ("next_dates.columns.days", dates.values("days"), "count"),
        ("columns.customer", _names(dates), ""),
        ("columns.id", dates.values("customer_id"), ""),
        ("next_dates.columns.kind", _kinds(view, dates), ""),
        ("next_dates.columns.what", _what(view, dates), ""),
        ("columns.product", dates.values("product"), ""),
        ("next_dates.columns.number", dates.values("number"), ""),
        TableColumn(key="done", heading=view.text("next_dates.columns.done"), fill=True),
        title=title,
        appendix_only=True,
    )


def _by_manager(view: MatrixView) -> Iterator[tuple[str, DataTable]]:
    """Yield every manager in words with his dates, in the order of the table of managers."""
    dates = view.result.next_dates
    whose = dates["manager"].fillna("")
    for row in view.result.next_dates_managers:
        yield manager_name(view, row.manager), dates.where(whose == (row.manager or ""))


def _sheets(view: MatrixView) -> bytes:
    """Return a workbook with one sheet for every manager."""
    tables = [
        _table(
            view,
            own,
            name=name,
            title=view.text(
                "next_dates.sheet", manager=name, n=len(own), overdue=int(own["overdue"].sum())
            ),
            with_manager=False,
        )
        for name, own in _by_manager(view)
    ]
    meta = meta_of(view.engagement, view.text("next_dates.book"))
    return to_xlsx([table.sheet() for table in tables], meta)


def _calendar(view: MatrixView) -> bytes:
    """Return a calendar of what is still ahead."""
    return calendar_file(
        (day for name, own in _by_manager(view) for day in _days(view, name, own)),
        stamp=view.engagement.as_of,
        domain=view.engagement.id,
    )


def _days(view: MatrixView, manager: str, dates: DataTable) -> Iterator[CalendarDay]:
    ahead = dates.where(~dates["overdue"])
    words = zip(_names(ahead), _kinds(view, ahead), _what(view, ahead), strict=True)
    for row, (customer, kind, what) in zip(ahead.records(), words, strict=True):
        facts = [row["product"], row["number"], manager]
        key = (row["kind"], row["customer_id"], *(row[c] or "" for c in ("what", "product")))
        yield CalendarDay(
            day=row["date"],
            summary=view.text(
                f"next_dates.event.{'what' if what else 'plain'}",
                customer=customer,
                kind=kind,
                what=what,
            ),
            description="\n".join(fact for fact in facts if fact),
            category=manager,
            key=(*key, row["number"] or "", row["date"].isoformat()),
        )
