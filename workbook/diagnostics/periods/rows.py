"""Whose row is whose: every row of the tables of several periods belongs to one of them.

A client's file often carries what the last one had.  Answers are dealt out by their dates and
waves, so that none is counted twice; of sales and of the register of losses the newest file is
the truth for the days that it covers, and earlier files give what lies before (the method:
periods, 1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import dates, has, texts

Tables = Mapping[str, pd.DataFrame]
Bools = npt.NDArray[np.bool_]

ANSWERS: Mapping[str, tuple[str, ...]] = {
    "survey": ("respondent_id", "customer_id", "date"),
    "satisfaction": ("respondent_id", "customer_id", "date", "product", "parameter"),
    "touchpoints": ("category", "touchpoint", "rater", "date"),
}
"""Tables of answers with a day -> what says that two rows are one answer."""
QUESTIONNAIRES = "answers"
_ASKED = ("wave", "questionnaire", "respondent", "item")
"""What says that two rows of it are one mark."""
EVENTS: Mapping[str, str] = {"sales": "date", "lost_customers": "lost_date"}
"""Tables of what happened -> the column of its day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodTables:
    """The tables of one period as its files have them."""

    label: str
    as_of: date
    tables: Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealt:
    """What dealing the rows of one table of the newest file found."""

    table: str
    earlier: int = 0
    """Rows of it that belong to an earlier period."""
    twice: int = 0
    """Of these, how many an earlier file has too: they count once."""
    by_date: int = 0
    """Of these, how many only their day tells: no wave is named."""
    added: int = 0
    """Rows that only earlier files have, from before its first day."""
    first: date | None = None
    """That first day."""
    nothing_new: bool = False
    """Every row belongs to an earlier period: there is nothing to compare."""


def dealt_out(periods: Sequence[PeriodTables]) -> tuple[list[Tables], tuple[Dealt, ...]]:
    """Return the tables of each period with its own rows, and what was found in the newest.

    Parameters
    ----------
    periods
        Newest first; at least one.

    Returns
    -------
    tables
        In the same order.  Rows that come from another period's file have negative indices.

    Examples
    --------
    >>> frame = pd.DataFrame({"respondent_id": ["a", "b"], "score": [9, 3],
    ...                       "date": pd.to_datetime(["2025-03-01", "2025-09-01"])})
    >>> now = PeriodTables(label="H2", as_of=date(2025, 12, 31), tables={"survey": frame})
    >>> then = PeriodTables(label="H1", as_of=date(2025, 6, 30), tables={"survey": frame[:1]})
    >>> tables, found = dealt_out([now, then])
    >>> [len(one["survey"]) for one in tables], found[0].twice
    ([1, 1], 1)
    """
    made: list[dict[str, pd.DataFrame]] = [dict(p.tables) for p in periods]
    found: list[Dealt] = []
    for name in (*ANSWERS, QUESTIONNAIRES):
        frames = [p.tables.get(name) for p in periods]
        dealt, told = _dealt_answers(name, frames, periods)
        _put(made, name, dealt)
        found += [told] if told else []
    for name, column in EVENTS.items():
        frames = [p.tables.get(name) for p in periods]
        joined, told = _joined_events(name, column, frames, periods)
        _put(made, name, joined)
        found += [told] if told else []
    return list(made), tuple(found)


def tables_that_differ(tables: Tables, others: Tables) -> tuple[str, ...]:
    """Return the tables that do not have the same rows, whatever their order and numbers.

    Examples
    --------
    >>> a, b = pd.DataFrame({"n": [1, 2]}), pd.DataFrame({"n": [2, 1]}, index=[-1, -2])
    >>> tables_that_differ({"sales": a, "offers": a}, {"sales": b, "offers": b[:1]})
    ('offers',)
    """
    names = [*tables, *(name for name in others if name not in tables)]
    return tuple(n for n in names if not _same_rows(tables.get(n), others.get(n)))


def _same_rows(frame: pd.DataFrame | None, other: pd.DataFrame | None) -> bool:
    if frame is other:
        return True
    if frame is None or other is None or len(frame) != len(other):
        return False
    shared = [column for column in frame if column in other]
    return _sum_of_rows(frame[shared]) == _sum_of_rows(other[shared])


def _sum_of_rows(frame: pd.DataFrame) -> int:
    """Return a number that stands for the rows of a frame in any order."""
    cells = frame.astype({c: "str" for c in frame if frame[c].dtype == "object"})
    return int(pd.util.hash_pandas_object(cells, index=False).to_numpy().sum())


def _put(
    made: Sequence[dict[str, pd.DataFrame]], name: str, frames: Sequence[pd.DataFrame | None]
) -> None:
    for tables, frame in zip(made, frames, strict=True):
        tables.pop(name, None)
        if frame is not None and len(frame):
            tables[name] = frame


def _dealt_answers(
    name: str, frames: Sequence[pd.DataFrame | None], periods: Sequence[PeriodTables]
) -> tuple[list[pd.DataFrame | None], Dealt | None]:
    """Deal the answers of each file to their periods, newest first."""
    keys = ANSWERS.get(name, _ASKED)
    own: list[pd.DataFrame | None] = []
    told: Dealt | None = None
    carried: pd.DataFrame | None = None
    for place, frame in enumerate(frames):
        joined = _joined(frame, carried, keys)
        carried = None
        if joined is None or place + 1 == len(periods):
            own.append(joined)
            continue
        older = [f for f in frames[place + 1 :] if f is not None]
        earlier = _earlier(name, joined, older, periods[place + 1])
        if earlier.all():
            if place == 0:
                told = Dealt(table=name, earlier=len(joined), nothing_new=True)
                return [joined, *[None] * (len(periods) - 1)], told
            own.append(None)
            carried = joined
            continue
        own.append(joined.loc[~earlier])
        carried = joined.loc[earlier]
        if place == 0 and earlier.any():
            told = Dealt(
                table=name,
                earlier=int(earlier.sum()),
                twice=int(_stand_in(carried, older, keys).sum()),
                by_date=int((texts(carried, "wave") == "").sum()) if name == "survey" else 0,
            )
    return own, told


def _earlier(
    name: str, frame: pd.DataFrame, older: Sequence[pd.DataFrame], period: PeriodTables
) -> Bools:
    """Return which rows belong to an earlier period than their file's.

    A row belongs to the period in which its day lies, a wave as a whole to the one in which it
    ends; a label that an earlier file has too stands for two rounds, told apart by their days.
    What an earlier file has is of the earlier period, whatever its day.
    Marks of questionnaires have no day: their waves are those that an earlier file has.
    """
    labels = texts(frame, "wave")
    known = set(texts(older[0], "wave")) if older else set()
    if name == QUESTIONNAIRES:
        return labels.isin((known | {period.label}) - {""}).to_numpy()
    day = dates(frame, "date")
    past = (day <= pd.Timestamp(period.as_of)).to_numpy()
    whole = (labels != "") & ~labels.isin(known)
    last = day.groupby(labels).transform("max")
    dealt = np.where(whole, (last <= pd.Timestamp(period.as_of)).to_numpy(), past)
    return np.asarray(dealt | _stand_in(frame, older, ANSWERS[name]))


def _joined(
    frame: pd.DataFrame | None, carried: pd.DataFrame | None, keys: Sequence[str]
) -> pd.DataFrame | None:
    """Return a file's rows with those of later files that belong here and that it does not have."""
    if carried is None or carried.empty:
        return frame
    if frame is None:
        return _from_elsewhere(carried)
    have, new = _numbered(frame, keys), _numbered(carried, keys)
    added = carried.loc[~new.isin(have).to_numpy()]
    return _appended(frame, added)


def _stand_in(frame: pd.DataFrame, others: Sequence[pd.DataFrame], keys: Sequence[str]) -> Bools:
    """Return which rows stand in one of other files, too."""
    known = {key for other in others for key in _numbered(other, keys)}
    return np.asarray(_numbered(frame, keys).isin(known))


def _numbered(frame: pd.DataFrame, keys: Sequence[str]) -> "pd.Series[str]":
    """Return what a row is known by; the second of two that are alike is another."""
    parts = [
        dates(frame, key).dt.strftime("%Y-%m-%d").fillna("") if key == "date" else texts(frame, key)
        for key in keys
    ]
    if not has(frame, "respondent_id") and "score" in frame:
        parts.append(texts(frame, "score"))  # nobody is named: the answer itself tells
    key = parts[0].astype("str")
    for part in parts[1:]:
        key = key + "\0" + part.astype("str")
    return key + "\0" + key.groupby(key).cumcount().astype("str")


def _joined_events(
    name: str,
    column: str,
    frames: Sequence[pd.DataFrame | None],
    periods: Sequence[PeriodTables],
) -> tuple[list[pd.DataFrame | None], Dealt | None]:
    """Join what happened over all files; each period knows what had happened by its last day."""
    newest = frames[0]
    if newest is None:  # a table that is missing now is not taken from the last period
        return list(frames), None
    whole, told = newest, None
    for frame in frames[1:]:
        if frame is None:
            continue
        first = dates(whole, column).min()
        before = frame.loc[(dates(frame, column) < first).to_numpy()]
        if len(before):
            was = told.added if told else 0
            told = Dealt(table=name, added=was + len(before), first=first.date())
            whole = _appended(whole, before)
    known: list[pd.DataFrame | None] = [whole]
    for period in periods[1:]:
        past = (dates(whole, column) <= pd.Timestamp(period.as_of)).to_numpy()
        known.append(whole.loc[past])
    return known, replace(told, first=dates(newest, column).min().date()) if told else None


def _from_elsewhere(frame: pd.DataFrame, *, below: int = 0) -> pd.DataFrame:
    """Return rows numbered from -1 downwards: they stand in another period's file."""
    return frame.set_axis(min(below, 0) - 1 - np.arange(len(frame)))


def _appended(frame: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    if added.empty:
        return frame
    lowest = int(min(frame.index.min(), 0)) if len(frame) else 0
    other = _from_elsewhere(added, below=lowest)
    joined = pd.concat([frame, other])
    return joined.astype({c: frame[c].dtype for c in frame if joined[c].dtype != frame[c].dtype})
