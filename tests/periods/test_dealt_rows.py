"""Whose row is whose: drawn tables of several periods."""

from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.periods.rows import PeriodTables, dealt_out

ENDS = (date(2026, 6, 30), date(2025, 12, 31), date(2025, 6, 30))
DAYS = st.dates(date(2025, 1, 1), date(2026, 6, 30))
ANSWERS = st.lists(st.tuples(st.sampled_from("abcdef"), DAYS, st.integers(0, 10)), max_size=20)


def survey(rows, **more):
    who, when, scores = zip(*rows, strict=True) if rows else ((), (), ())
    frame = pd.DataFrame(
        {
            "respondent_id": pd.Series(who, dtype="str"),
            "date": pd.to_datetime(pd.Series(when, dtype="datetime64[ns]")),
            "score": pd.Series(scores, dtype="Int64"),
            **more,
        }
    )
    return frame.drop_duplicates(["respondent_id", "date"])


def periods(files, table="survey"):
    return [
        PeriodTables(label=str(end), as_of=end, tables={table: f} if len(f) else {})
        for end, f in zip(ENDS, files, strict=True)
    ]


@settings(max_examples=100, deadline=None)
@given(ANSWERS)
def test_a_file_that_carries_everything_says_the_same_as_files_of_their_own(rows):
    whole = survey(rows)
    until = [whole[whole["date"] <= pd.Timestamp(end)] for end in ENDS]
    after = [pd.Timestamp(end) for end in (*ENDS[1:], date(1900, 1, 1))]
    own = [f[f["date"] > since] for f, since in zip(until, after, strict=True)]
    if own[0].empty:
        return
    first, _ = dealt_out(periods(until))
    second, _ = dealt_out(periods(own))
    for one, other in zip(first, second, strict=True):
        assert ("survey" in one) == ("survey" in other)
        if "survey" in one:
            keys = ["respondent_id", "date", "score"]
            pd.testing.assert_frame_equal(
                one["survey"][keys].sort_values(keys).reset_index(drop=True),
                other["survey"][keys].sort_values(keys).reset_index(drop=True),
            )


@settings(max_examples=100, deadline=None)
@given(st.lists(ANSWERS, min_size=3, max_size=3))
def test_no_answer_is_lost_or_counted_twice(files):
    frames = [survey(rows) for rows in files]
    tables, found = dealt_out(periods(frames))
    if any(one.nothing_new for one in found):
        return
    kept = pd.concat([t["survey"] for t in tables if "survey" in t] or [survey([])])
    keys = ["respondent_id", "date"]
    assert not kept.duplicated(keys).any()
    given_ = pd.concat(frames).drop_duplicates(keys)
    assert len(kept) <= len(given_)
    assert set(map(tuple, kept[keys].to_numpy())) <= set(map(tuple, given_[keys].to_numpy()))


def test_a_wave_belongs_as_a_whole_to_the_period_in_which_it_ends():
    rows = [("a", date(2025, 12, 20), 9), ("b", date(2026, 1, 10), 3)]
    waves = pd.Series(["winter", "winter"], dtype="str")
    now = survey(rows, wave=waves)
    tables, found = dealt_out(periods([now, survey([("a", date(2025, 7, 2), 5)]), survey([])]))
    assert len(tables[0]["survey"]) == 2
    assert not found


def test_a_label_that_stands_for_two_rounds_is_told_apart_by_day():
    label = pd.Series(["1", "1"], dtype="str")
    now = survey([("a", date(2025, 12, 20), 9), ("b", date(2026, 1, 10), 3)], wave=label)
    then = survey([("a", date(2025, 12, 20), 9)], wave=label[:1])
    tables, (found,) = dealt_out(periods([now, then, survey([])]))
    assert [len(t["survey"]) if "survey" in t else 0 for t in tables] == [1, 1, 0]
    assert (found.earlier, found.twice, found.by_date) == (1, 1, 0)


def test_a_file_without_anything_new_is_compared_with_nothing():
    then = survey([("a", date(2025, 12, 20), 9)])
    tables, (found,) = dealt_out(periods([then, then, survey([])]))
    assert [len(t) for t in tables] == [1, 0, 0]
    assert found.nothing_new


def sales(days):
    return pd.DataFrame(
        {"customer_id": "c", "date": pd.to_datetime(pd.Series(days)), "amount": "1.00"}
    )


def test_the_newest_file_is_the_truth_for_the_days_that_it_covers():
    now = sales([date(2026, 1, 5), date(2026, 2, 1)])
    then = sales([date(2025, 7, 1), date(2026, 1, 20)])
    files = [now, then, sales([date(2025, 2, 1)])]
    tables, (found,) = dealt_out(periods(files, "sales"))
    assert [len(t["sales"]) for t in tables] == [4, 2, 1]
    assert (found.added, found.first) == (2, date(2026, 1, 5))
    assert tables[0]["sales"].index.is_unique
    assert (tables[0]["sales"].index < 0).sum() == 2


def test_a_file_that_holds_everything_takes_nothing_from_the_earlier_ones():
    days = [date(2025, 1, 1) + timedelta(days=30 * i) for i in range(17)]
    tables, found = dealt_out(periods([sales(days), sales(days[:12]), sales(days[:5])], "sales"))
    assert [len(t["sales"]) for t in tables] == [17, 13, 7]
    assert not found


def test_sales_that_are_missing_now_do_not_come_from_the_last_period():
    tables, _ = dealt_out(
        periods([sales([])[:0], sales([date(2025, 7, 1)]), sales([])[:0]], "sales")
    )
    assert "sales" not in tables[0]
    assert len(tables[1]["sales"]) == 1
