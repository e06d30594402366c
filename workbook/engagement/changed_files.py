"""What the client's files say of the past now, and said otherwise in the period before."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from workbook.diagnostics.cells import dates, has, texts
from workbook.engagement.settings import Engagement
from workbook.errors import Location, Problem
from workbook.intake.problems import listed, warning
from workbook.intake.table import InputTable
from workbook.language.numbers import NumberFormats

Tables = Mapping[str, InputTable]
_MATERIAL = 0.005
"""Share by which the sales of a month may differ."""
_EXAMPLES = 3
_REGISTERS: Mapping[str, tuple[str, str, str]] = {
    "lost_customers": ("lost_date", "customer_id", "period_losses_gone"),
    "complaints": ("date", "complaint_id", "period_complaints_gone"),
}
"""Register -> its day, what an entry is known by, and the question."""


def changed_files(before: Engagement, tables: Tables, earlier: Tables) -> Iterator[Problem]:
    """Ask about sales that are other sums now, and about entries that are in a register no more.

    Only days that the files of both periods cover are looked at.
    """
    if "sales" in tables and "sales" in earlier:
        yield from _restated_sales(before, tables["sales"], earlier["sales"])
    for name, (day, entry, code) in _REGISTERS.items():
        if name not in tables or name not in earlier:
            continue
        gone = _gone(tables[name].frame, earlier[name].frame, day, entry)
        if gone:
            facts = {
                "table": name, "n": len(gone), "examples": listed(gone, _EXAMPLES),
                "period": before.period,
            }  # fmt: skip
            yield warning(code, _place(tables[name]), **facts)


def _place(table: InputTable) -> Location:
    return Location(file=table.file, sheet=table.sheet)


def _restated_sales(before: Engagement, now: InputTable, then: InputTable) -> Iterator[Problem]:
    if not (has(now.frame, "amount") and has(then.frame, "amount")):
        return
    new, old = _by_month(now.frame), _by_month(then.frame)
    first = max(_first_whole(now.frame), _first_whole(then.frame))
    last = pd.Timestamp(before.as_of)
    months = [
        m for m in old.index.union(new.index) if m >= first and m.end_time.normalize() <= last
    ]
    other = [m for m in months if _differ(old.get(m, 0.0), new.get(m, 0.0))]
    if not other:
        return
    write = NumberFormats(before.language).decimal
    told = "; ".join(
        f"{m}: {write(old.get(m, 0.0))} → {write(new.get(m, 0.0))}" for m in other[:_EXAMPLES]
    )
    facts = {
        "table": "sales", "n": len(other), "of": len(months), "period": before.period,
        "months": told + (" …" if len(other) > _EXAMPLES else ""),
    }  # fmt: skip
    yield warning("period_sales_restated", _place(now), **facts)


def _by_month(frame: pd.DataFrame) -> "pd.Series[float]":
    months = dates(frame, "date").dt.to_period("M")
    return pd.to_numeric(frame["amount"]).groupby(months).sum()


def _first_whole(frame: pd.DataFrame) -> "pd.Period":
    """Return the first month that a file covers from its first day on, as far as it shows."""
    first = dates(frame, "date").min()
    month = first.to_period("M")
    return month if first.day <= 7 else month + 1


def _differ(then: float, now: float) -> bool:
    return abs(now - then) > _MATERIAL * max(abs(then), abs(now))


def _gone(now: pd.DataFrame, then: pd.DataFrame, day: str, entry: str) -> Sequence[str]:
    """Return the entries that a register had and has no more, though it covers their days."""
    if not (has(now, entry) and has(then, entry)):
        return []
    covered = then.loc[(dates(then, day) >= dates(now, day).min()).to_numpy()]
    known = set(texts(now, entry))
    return [one for one in dict.fromkeys(texts(covered, entry)) if one and one not in known]
