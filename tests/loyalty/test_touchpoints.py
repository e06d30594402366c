"""The touchpoint audit."""

import pytest

from workbook.diagnostics.loyalty.touchpoints import audit


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
    found = audit(inputs(touchpoints=marks)).touchpoints
    assert [(t.category, t.touchpoint, t.n, t.poor, t.normal, t.wow) for t in found] == [
        ("business", "invoice", 2, 2, 0, 0),
        ("service", "phone", 3, 1, 1, 1),
        ("own", "extra", 1, 0, 0, 1),
    ]
    assert [t.balance for t in found] == [-1, 0, 1]


def test_the_three_latest_comments_come_latest_first(marks, table, inputs):
    phone = audit(inputs(touchpoints=marks)).touchpoints[1]
    assert phone.comments == ("better", "great", "slow")
    more = table(category="service", touchpoint="phone", mark="poor", comment=list("abcd"))
    assert audit(inputs(touchpoints=more)).touchpoints[0].comments == ("d", "c", "b")


def test_the_change_since_the_previous_audit(marks, table, inputs):
    before = table(category="Service", touchpoint="Phone", mark=["poor", "poor", "wow"])
    found = audit(inputs(touchpoints=marks, previous=inputs(touchpoints=before))).touchpoints
    assert found[1].previous_balance == pytest.approx(-1 / 3)
    assert found[0].previous_balance is None


def test_agreement_between_raters(table, inputs):
    same = table(
        category="product",
        touchpoint=["x", "x", "y", "y"],
        mark=["poor", "poor", "wow", "wow"],
        rater=["a", "b"] * 2,
    )
    found = audit(inputs(touchpoints=same))
    assert (found.raters, found.alpha) == (2, pytest.approx(1))
    alone = audit(inputs(touchpoints=same.assign(rater="a")))
    assert (alone.raters, alone.alpha) == (1, None)
    unnamed = audit(inputs(touchpoints=same.drop(columns="rater")))
    assert (unnamed.raters, unnamed.alpha) == (0, None)


def test_only_a_raters_latest_mark_counts_for_agreement(table, inputs):
    again = table(
        category="product",
        touchpoint=["x", "x", "x", "y", "y"],
        mark=["wow", "poor", "poor", "wow", "wow"],
        rater=["a", "a", "b", "a", "b"],
        date=["2025-01-01", "2025-02-01", "2025-02-01", "2025-01-01", "2025-01-01"],
    )
    assert audit(inputs(touchpoints=again)).alpha == pytest.approx(1)


def test_marks_nobody_can_disagree_about_have_no_alpha(table, inputs):
    equal = table(category="product", touchpoint=["x", "x"], mark="wow", rater=["a", "b"])
    assert audit(inputs(touchpoints=equal)).alpha is None


def test_without_the_table_there_is_no_audit(table, inputs):
    assert audit(inputs()).touchpoints == ()
    empty = table(category=["a"], touchpoint=["b"], mark=["poor"]).iloc[:0]
    assert audit(inputs(touchpoints=empty)).touchpoints == ()


def test_an_unknown_mark_is_never_counted(table, inputs):
    with pytest.raises(ValueError, match="'good'"):
        audit(inputs(touchpoints=table(category="a", touchpoint="b", mark=["good"])))
