"""Rule 11: what changed, and that nothing untested is called up or down."""

from types import SimpleNamespace

import pytest

from workbook.diagnostics.key_figure import KeyFigure
from workbook.diagnostics.summary.changes import Course, changes


def figures(*rows):
    """Return key figures of (name, value, previous, unit)."""
    return tuple(KeyFigure(name=n, value=v, previous=p, unit=u) for n, v, p, u in rows)


def nps(verdict="up", *, headline=True):
    change = SimpleNamespace(verdict=verdict, against="2024", headline=headline)
    rows = (("nps", 30.0, 10.0, "points"), ("retention", 0.9, 0.8, "share"))
    return {"change": change, "key_figures": figures(*rows)}


def questionnaire(direction="up", *, told=True, testable=True):
    test = SimpleNamespace(told=told, testable=testable)
    change = SimpleNamespace(direction=direction, against="2024", test=test)
    one = SimpleNamespace(id="own", title="Own questions", change=change)
    return {"questionnaires": (one,), "key_figures": figures(("own_index", 0.6, 0.5, "share"))}


def wave(**more):
    reason = SimpleNamespace(label="Late", before_share=0.1, now_share=0.4, verdict="up")
    known = {
        "against": "2024", "before_n": 10, "now_n": 30, "before_revenue": 100.0,
        "now_revenue": 250.0, "reasons": (reason,),
    }  # fmt: skip
    return SimpleNamespace(**(known | more))


@pytest.mark.parametrize("verdict", ["up", "down", "cannot_tell"])
def test_the_index_has_the_verdict_of_its_own_test(joined, verdict):
    index, retention = changes(joined(loyalty=nps(verdict)))
    assert (index.course, index.against) == (Course(verdict), "2024")
    assert (index.before, index.now, index.difference) == (10.0, 30.0, 20.0)
    assert (retention.course, retention.against) == (Course.NOT_TESTED, "")
    assert retention.difference == pytest.approx(10.0)  # percentage points
    assert [one.is_told for one in (index, retention)] == [verdict != "cannot_tell", False]


def test_a_wave_that_is_no_headline_says_nothing_of_it(joined):
    index, _ = changes(joined(loyalty=nps("up", headline=False)))
    assert index.course is Course.NOT_TESTED


@pytest.mark.parametrize(
    ("given", "course"),
    [
        ({}, Course.UP),
        ({"direction": "same"}, Course.SAME),
        ({"told": False}, Course.CANNOT_TELL),
        ({"told": False, "testable": False}, Course.NOT_TESTED),
    ],
)
def test_the_index_of_a_questionnaire_likewise(joined, given, course):
    (found,) = changes(joined(controllability=questionnaire(**given)))
    assert (found.course, found.name, found.label) == (course, "index", "Own questions")


@pytest.mark.parametrize(
    ("verdict", "course"),
    [
        ("significantly_improved", Course.UP),
        ("unchanged", Course.SAME),
        ("worsened", Course.DOWN),
        (None, Course.NOT_TESTED),
    ],
)
def test_the_score_of_a_statement_has_its_verdict_and_money_is_counted(joined, verdict, course):
    lead = SimpleNamespace(year=2024, change_verdict=verdict)
    rows = (("score_industry", 0.5, 0.1, "score"), ("revenue", 9.0, 8.0, "money"))
    score, revenue = changes(
        joined(financial_quartiles={"lead": lead, "key_figures": figures(*rows)})
    )
    assert (score.course, score.against) == (course, "2023")
    assert (revenue.course, revenue.against) == (Course.NOT_TESTED, "2023")


def test_losses_are_those_of_each_period(joined):
    """A register that was carried on has 40 rows; this period's are 30."""
    stock = figures(("lost_customers", 40.0, 10.0, "count"))
    found = changes(joined(churn_reasons={"wave": wave(), "key_figures": stock}))
    assert [(one.name, one.before, one.now) for one in found] == [
        ("lost_customers", 10, 30), ("lost_revenue", 100.0, 250.0), ("reason", 0.1, 0.4),
    ]  # fmt: skip
    assert [one.course for one in found] == [Course.NOT_TESTED, Course.NOT_TESTED, Course.UP]
    assert found[2].label == "Late"


def test_what_is_not_known_before_is_left_out(joined):
    stock = figures(("lost_customers", 40.0, None, "count"))
    churn = {"wave": None, "key_figures": stock}
    rows = (("turnover", 5.0, None, "money"), ("a_customers", None, 3.0, "count"))
    assert changes(joined(churn_reasons=churn, segmentation_matrix={"key_figures": figures(
        *rows)})) == ()  # fmt: skip
    unknown = {"wave": wave(before_revenue=None, reasons=()), "key_figures": ()}
    assert [one.name for one in changes(joined(churn_reasons=unknown))] == ["lost_customers"]


def test_no_untested_change_is_told(joined):
    rows = (("turnover", 500.0, 1.0, "money"),)
    (found,) = changes(joined(segmentation_matrix={"key_figures": figures(*rows)}))
    assert found.course is Course.NOT_TESTED
    assert not found.is_told


def test_reasons_follow_all_figures_and_confirmed_ones_come_first(joined):
    """So the page shows what is known beyond chance, and the appendix all of them."""
    reasons = tuple(
        SimpleNamespace(label=label, before_share=0.1, now_share=0.2, verdict=verdict)
        for label, verdict in (("Price", "cannot_tell"), ("Late", "up"), ("Other", "cannot_tell"))
    )
    rows = (("turnover", 5.0, 4.0, "money"),)
    found = changes(
        joined(
            churn_reasons={"wave": wave(reasons=reasons), "key_figures": ()},
            segmentation_matrix={"key_figures": figures(*rows)},
        )
    )
    assert [one.label or one.name for one in found] == [
        "lost_customers", "lost_revenue", "turnover", "Late", "Price", "Other",
    ]  # fmt: skip
