"""What the offers and the control points say, deal by deal."""

from collections import Counter
from datetime import date
from typing import Any

from data_samples.generate.rows import Row

Truth = dict[str, Any]
Deal = list[Row]


def deals(rows: list[Row]) -> list[Deal]:
    """Return the events of every deal in order; without numbers a cell is one deal."""
    found: dict[tuple[object, ...], Deal] = {}
    for row in rows:
        key = (row["deal_id"],) if row["deal_id"] else (row["customer_id"], row["product"])
        found.setdefault(key, []).append(row)
    return list(found.values())


def offers(rows: list[Row], as_of: date) -> Truth:
    """Return how the deals stand: by their last event."""
    last = [deal[-1] for deal in deals(rows)]
    open_ = [row for row in last if row["status"] == "open"]
    lost = [row for row in last if row["status"] == "lost"]
    late = [row for row in open_ if row["due_date"] is not None and row["due_date"] < as_of]
    return {
        "events": len(rows),
        "deals": len(last),
        "won": sum(row["status"] == "won" for row in last),
        "lost": len(lost),
        "open": len(open_),
        "open_amount": float(sum(row["amount"] for row in open_)),
        "open_by_stage": _counted(open_, "stage"),
        "overdue": len(late),
        "overdue_by_manager": _counted(late, "manager"),
        "no_next_step": sum(row["due_date"] is None for row in open_),
        "lost_by_stage": _counted(lost, "stage"),
        "lost_by_reason": _counted(lost, "reason"),
        "lost_without_stage": sum(row["stage"] is None for row in lost),
        "lost_without_reason": sum(row["reason"] is None for row in lost),
    }


def control_points(rows: list[Row], as_of: date) -> Truth:
    """Return what was done, late or never."""
    late = [row for row in rows if row["done_date"] is None and row["due_date"] < as_of]
    return {
        "n": len(rows),
        "done": sum(row["done_date"] is not None for row in rows),
        "done_late": sum(
            bool(row["done_date"]) and row["done_date"] > row["due_date"] for row in rows
        ),
        "overdue": len(late),
        "overdue_by_manager": _counted(late, "manager"),
        "overdue_by_point": _counted(late, "point"),
    }


def _counted(rows: list[Row], column: str) -> dict[str, int]:
    """Return how often each value is there, the most frequent first; blank cells left out."""
    counts = Counter(str(row[column]) for row in rows if row[column] is not None)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
