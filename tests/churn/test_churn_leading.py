"""What the chapters put first: dimensions with somebody who stands out, signals that warn."""

import pytest

from workbook.diagnostics.churn_reasons.leading import (
    backtested_signals,
    compared_dimensions,
    judged_groups,
    moved_groups,
)
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio_result import FunnelZone, GroupLosses
from workbook.diagnostics.churn_reasons.prevention_result import Signal, SignalTest
from workbook.diagnostics.churn_reasons.report.churn_view import duration
from workbook.diagnostics.churn_reasons.result import Lost, Result


def group(dimension, name, *, shrunk=1.0, **facts):
    return GroupLosses(
        dimension=dimension, group=name, lost=1, share=0.1, revenue=None, shrunk=shrunk, **facts
    )


def result(*groups, signals=()):
    nothing = dict.fromkeys(Lost.__slots__)
    return Result(lost=Lost(**nothing | {"n": 1}), by=groups, signals=signals, small=False)


MANAGERS = group("manager", "Ann"), group("manager", "Bob")
REGIONS = group("region", "North"), group("region", "South")


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ((), ()),
        (MANAGERS[:1], ()),  # one group is set beside nobody
        ((*MANAGERS, *REGIONS), ("manager",)),
        ((*MANAGERS, group("region", "North", stands_out=True), REGIONS[1]), ("region", "manager")),
        ((group("manager", "Ann", shrunk=None), *MANAGERS[1:], *REGIONS), ("region",)),
    ],
)
def test_the_dimension_in_which_a_group_stands_out_is_drawn(groups, told):
    assert compared_dimensions(result(*groups)) == told


def test_groups_without_a_portfolio_are_not_judged():
    found = result(*MANAGERS, group("manager", "Eve", shrunk=None))
    assert [g.group for g in judged_groups(found, "manager")] == ["Ann", "Bob"]


@pytest.mark.parametrize(
    ("raw", "adjusted", "moved"),
    [(1, 3, True), (3, 1, True), (1, 2, False), (None, 3, False), (1, None, False)],
)
def test_a_group_moved_when_the_portfolio_changes_its_rank_by_two_places(raw, adjusted, moved):
    one = group("manager", "Ann", rank_raw=raw, rank_adjusted=adjusted)
    assert moved_groups([one], Params()) == ([one] if moved else [])
    assert moved_groups([one], Params(moved_places=3)) == []


@pytest.mark.parametrize(
    ("zone", "differs", "repeats", "told"),
    [
        (FunnelZone.FAR_ABOVE, True, "", "far_above"),
        (FunnelZone.FAR_ABOVE, False, "", "chance"),
        (FunnelZone.FAR_ABOVE, True, "region", "repeats"),
        (FunnelZone.BELOW, False, "region", "chance"),
        (FunnelZone.WITHIN, False, "", "within"),
        (FunnelZone.CANNOT_TELL, False, "", "cannot_tell"),
    ],
)
def test_a_zone_that_its_test_does_not_bear_out_is_told_as_chance(zone, differs, repeats, told):
    one = group("manager", "Ann", verdict=zone, differs=differs, repeats=repeats)
    assert one.told_as == told


def test_signals_that_warn_come_first_and_untested_ones_not_at_all():
    def signal(name, *, ratio, useful, backtested=True):
        nothing = dict.fromkeys(SignalTest.__slots__)
        facts = {"signal": name, "ratio": ratio, "useful": useful, "backtested": backtested}
        return SignalTest(**nothing | facts | {"hit_rate": 0.5 if backtested else None})

    tests = (
        signal(Signal.GAP, ratio=5.0, useful=False),
        signal(Signal.TURNOVER, ratio=2.0, useful=True),
        signal(Signal.COMPLAINT, ratio=3.0, useful=True),
        signal(Signal.LOW_MARK, ratio=None, useful=None, backtested=False),
    )
    assert [s.signal for s in backtested_signals(result(signals=tests))] == [
        Signal.COMPLAINT, Signal.TURNOVER, Signal.GAP,
    ]  # fmt: skip


class Written:
    """Stands for a view: keeps what was asked for."""

    def __init__(self):
        self.texts = self

    def write(self, value, name):
        return f"{value}{name}"

    def text(self, key, **values):
        return f"{key} {values['years']:.2f}"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (None, "Nonedec1"),
        (3, "1#months"),
        (365, "12#months"),
        (366, "lifetime.span_years 1.00"),
        (731, "lifetime.span_years 2.00"),
    ],
)
def test_a_duration_is_told_in_months_below_a_year_and_in_years_from_there(days, told):
    assert duration(Written(), days) == told
