"""What changed, of all reports: told changes, then headline figures, as the reports have them."""

from types import SimpleNamespace

import pytest

from workbook.diagnostics.key_figure import KeyFigure
from workbook.diagnostics.periods.changes import Change, Changes, Course
from workbook.diagnostics.periods.measure import Unit
from workbook.diagnostics.summary.changes import ChangeCounts, change_counts, changes
from workbook.diagnostics.summary.compute import _previous
from workbook.diagnostics.summary.joined import Joined


def change(name, course=Course.CANNOT_TELL, *, headline=False, label="", before=10.0, p=0.5):
    return Change(
        name=name, label=label, unit=Unit.POINTS, before=before, now=30.0, difference=20.0,
        p_value=None if course is Course.NOT_TESTED else p, course=course, headline=headline,
    )  # fmt: skip


def one(name, *found, key_figures=()):
    return Joined(
        name=name,
        result=SimpleNamespace(answer=None, findings=(), refused_findings=()),
        params=None,
        key_figures=key_figures,
        changed=Changes(against="2024", periods=("2024", "2025"), changes=found),
    )


def test_told_changes_come_first_then_the_headline_figures_of_each_report():
    joined = (
        one("loyalty", change("nps", headline=True), change("group", Course.UP, label="A"),
            change("theme")),
        one("churn_reasons", change("lost", Course.NOT_TESTED, headline=True),
            change("reason", Course.DOWN, label="Late")),
    )  # fmt: skip
    found = changes(joined)
    assert [(c.diagnostic, c.name) for c in found] == [
        ("loyalty", "group"), ("churn_reasons", "reason"), ("loyalty", "nps"),
        ("churn_reasons", "lost"),
    ]  # fmt: skip
    assert {c.against for c in found} == {"2024"}
    assert change_counts(joined) == ChangeCounts(compared=5, tested=4, told=2)


def test_a_change_is_the_one_that_the_report_has():
    told = change("nps", Course.UP, headline=True)
    (found,) = changes([one("loyalty", told)])
    assert (found.before, found.now, found.p_value, found.course) == (10.0, 30.0, 0.5, Course.UP)


def test_without_an_earlier_period_nothing_changed():
    joined = (Joined(name="loyalty", result=one("x").result, params=None),)
    assert changes(joined) == ()
    assert change_counts(joined) is None


@pytest.mark.parametrize(
    ("figure", "before"),
    [
        (KeyFigure(name="nps", value=30.0, previous=1.0), 10.0),
        (KeyFigure(name="own_index", value=0.6, measure="index", label="Own"), 0.5),
        (KeyFigure(name="answers", value=9.0, previous=1.0), None),
    ],
)
def test_a_key_figures_earlier_value_is_that_of_its_measure(figure, before):
    """Like meets like: what a report compares with otherwise is not of the last period."""
    joined = one("loyalty", change("nps"), change("index", label="Own", before=0.5))
    assert _previous(joined, figure) == before


def test_without_an_earlier_period_it_is_what_the_report_compares_with():
    joined = Joined(name="loyalty", result=one("x").result, params=None)
    assert _previous(joined, KeyFigure(name="nps", value=30.0, previous=1.0)) == 1.0
