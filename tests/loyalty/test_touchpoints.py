"""The touchpoint audit."""

import pytest

from workbook.diagnostics.loyalty.marks_result import Agreement
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.touchpoints import agreement, audit


def audited(given):
    return audit(given, Params())


@pytest.fixture
def marks(table):
    return table(
        category=["service", "service", "service", "business", "business", "own"],
        touchpoint=["phone", "phone", "phone", "invoice", "invoice", "extra"],
        mark=["poor", "normal", "wow", "poor", "poor", "wow"],
        rater=["a", "b", "c", "a", "b", "a"],
        date=["2025-01-01", "2025-03-01", "2025-02-01", "2025-01-01", "2025-01-02", None],
        comment=["slow", "better", "great", None, "late", None],
    )


def test_counts_and_balance_by_category_in_the_sources_order(marks, inputs):
    found = audited(inputs(touchpoints=marks)).touchpoints
    assert [(t.category, t.touchpoint, t.n, t.poor, t.normal, t.wow) for t in found] == [
        ("business", "invoice", 2, 2, 0, 0),
        ("service", "phone", 3, 1, 1, 1),
        ("own", "extra", 1, 0, 0, 1),
    ]
    assert [t.balance for t in found] == [-1, 0, 1]


def test_the_three_latest_comments_come_latest_first(marks, table, inputs):
    phone = audited(inputs(touchpoints=marks)).touchpoints[1]
    assert phone.comments == ("better", "great", "slow")
    more = table(category="service", touchpoint="phone", mark="poor", comment=list("abcd"))
    assert audited(inputs(touchpoints=more)).touchpoints[0].comments == ("d", "c", "b")


def test_the_change_since_the_previous_audit(marks, table, inputs):
    before = table(category="Service", touchpoint="Phone", mark=["poor", "poor", "wow"])
    found = audited(inputs(touchpoints=marks, previous=inputs(touchpoints=before))).touchpoints
    assert found[1].previous_balance == pytest.approx(-1 / 3)
    assert found[0].previous_balance is None


def test_agreement_between_raters(table, inputs):
    same = table(
        category="product",
        touchpoint=["x", "x", "y", "y"],
        mark=["poor", "poor", "wow", "wow"],
        rater=["a", "b"] * 2,
    )
    found = audited(inputs(touchpoints=same))
    assert (found.raters, found.alpha) == (2, pytest.approx(1))
    alone = audited(inputs(touchpoints=same.assign(rater="a")))
    assert (alone.raters, alone.alpha) == (1, None)
    unnamed = audited(inputs(touchpoints=same.drop(columns="rater")))
    assert (unnamed.raters, unnamed.alpha) == (0, None)


def test_only_a_raters_latest_mark_counts_for_agreement(table, inputs):
    again = table(
        category="product",
        touchpoint=["x", "x", "x", "y", "y"],
        mark=["wow", "poor", "poor", "wow", "wow"],
        rater=["a", "a", "b", "a", "b"],
        date=["2025-01-01", "2025-02-01", "2025-02-01", "2025-01-01", "2025-01-01"],
    )
    assert audited(inputs(touchpoints=again)).alpha == pytest.approx(1)


def test_marks_nobody_can_disagree_about_have_no_alpha(table, inputs):
    equal = table(category="product", touchpoint=["x", "x"], mark="wow", rater=["a", "b"])
    assert audited(inputs(touchpoints=equal)).alpha is None


def test_without_the_table_there_is_no_audit(table, inputs):
    assert audited(inputs()).touchpoints == ()
    empty = table(category=["a"], touchpoint=["b"], mark=["poor"]).iloc[:0]
    assert audited(inputs(touchpoints=empty)).touchpoints == ()


def test_an_unknown_mark_is_never_counted(table, inputs):
    with pytest.raises(ValueError, match="'good'"):
        audited(inputs(touchpoints=table(category="a", touchpoint="b", mark=["good"])))


@pytest.mark.parametrize(
    ("alpha", "reading"),
    [
        (None, None),
        (-0.2, Agreement.LOW),
        (0.666, Agreement.LOW),
        (0.667, Agreement.MIDDLE),
        (0.799, Agreement.MIDDLE),
        (0.8, Agreement.HIGH),
    ],
)
def test_agreement_reads_by_convention(alpha, reading):
    assert agreement(alpha, Params()) is reading


def test_the_bounds_of_agreement_are_options():
    assert agreement(0.7, Params(alpha_tentative=0.5, alpha_reliable=0.7)) is Agreement.HIGH
