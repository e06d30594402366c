"""Rule 1: class A customers with signs, and those that only wait for the client."""

from types import SimpleNamespace as Record

import pytest

from tests.summary.planted_facts import Table, churn, facts, segmentation
from workbook.diagnostics.claims import MoneyKind
from workbook.diagnostics.summary.rules.unhappy_a_customers import unhappy_a_customers

DAYS = ["2025-03-01", "2025-06-01", "2025-09-01", "2025-12-20"]


def engagement(table, inputs, *, complaints=("a",), **more):
    """Four class A customers of 100 each, 20 small ones, one complaint that was answered."""
    big, small = ["a", "b", "c", "d"], [f"s{i:02}" for i in range(20)]
    rows = [
        *((c, day, 25.0) for c in big for day in DAYS),
        *((c, "2025-12-01", 1.0) for c in small),
    ]
    ids, days, amounts = zip(*rows, strict=True)
    given = {
        "customers": table(
            customer_id=big + small, name=["Alpha", "Beta", "Gamma", None] + ["Small"] * 20
        ),
        "sales": table(customer_id=[*ids, "old"], date=[*days, "2023-01-01"],
                       amount=[*amounts, 1.0]),
        "complaints": table(customer_id=[*complaints, "s00"], date="2025-11-01",
                            closed_date=[None] * len(complaints) + ["2025-11-05"]),
    }  # fmt: skip
    return inputs(**(given | more))


def signal(name, *, useful):
    return Record(signal=name, useful=useful)


def warned(**signals):
    """Return a churn report with signals that warned, each with the customers it is on for."""
    rows = [(one, name) for name, ids in signals.items() for one in ids]
    return churn(
        signals=tuple(signal(name, useful=True) for name in signals),
        watch_list=Table(customer_id=[one for one, _ in rows], signals=[(n,) for _, n in rows]),
    )


def told(found):
    return {one.id: one for one in unhappy_a_customers(found)}


def test_who_complains_and_who_is_late_are_at_risk_each_once(table, inputs):
    given = engagement(table, inputs, complaints=("a", "d"))
    late = warned(gap=("d", "s03"))
    found = told(
        facts(given, loyalty=Record(), churn_reasons=late, segmentation_matrix=segmentation())
    )
    claim = found.pop("unhappy_a")
    assert found == {}
    assert claim.customer_ids == ("a", "d")  # d has both signs
    assert (claim.count, claim.population, claim.money) == (2, 4, 200.0)
    assert claim.money_of == 420.0
    assert claim.money_kind is MoneyKind.AT_RISK
    figures = claim.figures
    assert (figures["complaint"], figures["late"], figures["step"]) == (2, 1, 0)
    assert (figures["name_1"], figures["money_1"]) == ("Alpha", 100.0)
    assert (figures["name_2"], figures["name_3"]) == ("d", None)  # it has no name
    assert claim.diagnostics == ("loyalty", "churn_reasons", "segmentation_matrix")


def test_diagnostics_are_those_whose_tables_gave_the_signs(table, inputs):
    given = engagement(table, inputs)
    found = facts(
        given, loyalty=Record(), churn_reasons=churn(), segmentation_matrix=segmentation()
    )
    assert told(found)["unhappy_a"].diagnostics == ("loyalty", "segmentation_matrix")


def test_who_only_waits_for_a_step_is_not_at_risk(table, inputs):
    given = engagement(table, inputs, complaints=("a", "d"))
    matrix = segmentation(
        overdue_points=Table(customer_id=["b", "s01", "b"]),
        board=Table(customer_id=["c", "d", "b"], overdue=[True, True, False]),
    )
    found = told(facts(given, segmentation_matrix=matrix))
    waiting = found["waiting_a"]
    assert waiting.customer_ids == ("b", "c")
    assert waiting.money_kind is MoneyKind.REVENUE
    assert waiting.stake == 0.0
    assert (waiting.figures["step"], waiting.figures["complaint"]) == (2, 0)
    assert found["unhappy_a"].customer_ids == ("a", "d")
    assert found["unhappy_a"].figures["step"] == 1


def test_complaints_that_do_not_warn_are_owed_an_answer_and_put_nobody_at_risk(table, inputs):
    given = engagement(table, inputs)
    refuted = churn(signals=(signal("complaint", useful=False),))
    found = told(facts(given, segmentation_matrix=segmentation(), churn_reasons=refuted))
    assert set(found) == {"waiting_a"}
    assert found["waiting_a"].customer_ids == ("a",)


def test_a_signal_that_warned_counts_and_another_one_does_not(table, inputs):
    given = engagement(table, inputs, complaints=())
    listed = Table(customer_id=["b", "c", "d"], signals=[("turnover",), ("fewer_lines",), ("gap",)])
    tests = (
        signal("turnover", useful=True),
        signal("fewer_lines", useful=None),
        signal("gap", useful=False),
    )
    report = churn(signals=tests, watch_list=listed)
    found = told(facts(given, churn_reasons=report, segmentation_matrix=segmentation()))
    assert set(found) == {"unhappy_a"}
    assert found["unhappy_a"].customer_ids == ("b",)
    assert found["unhappy_a"].figures["watched"] == 1
    assert found["unhappy_a"].diagnostics == ("churn_reasons", "segmentation_matrix")


@pytest.mark.parametrize(("threshold", "ids"), [(5, ()), (1, ("b", "c"))])
def test_answers_count_only_where_they_may_be_told_by_name(table, inputs, threshold, ids):
    """Of marks 1-10 the low ones go to 6."""
    answers = {
        "survey": table(customer_id=["b"], respondent_id=["r"], score=[3], date="2025-12-01"),
        "satisfaction": table(customer_id=["c", "d"], respondent_id=["q", "p"],
                              parameter="price", mark=[6.0, 10.0], date="2025-12-01"),
        "anonymity_threshold": threshold,
    }  # fmt: skip
    answers["satisfaction"].attrs["scale"] = "1-10"
    given = engagement(table, inputs, complaints=(), **answers)
    found = told(facts(given, loyalty=Record(), segmentation_matrix=segmentation()))
    assert (found["unhappy_a"].customer_ids if found else ()) == ids


def test_without_signs_or_without_classes_nothing_is_told(table, inputs):
    calm = engagement(table, inputs, complaints=())
    assert told(facts(calm, segmentation_matrix=segmentation())) == {}
    loud = engagement(table, inputs)
    assert told(facts(loud, loyalty=Record())) == {}
    without = inputs(
        complaints=table(
            customer_id=["a", "b"], date="2025-11-01", closed_date=[None, "2025-11-05"]
        )
    )
    assert told(facts(without, segmentation_matrix=segmentation())) == {}
