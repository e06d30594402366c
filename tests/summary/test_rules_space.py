"""Rule 4: white space of promoters against detractors, in groups that give nobody away."""

from types import SimpleNamespace as Record

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.summary.planted_facts import Table, facts, segmentation
from workbook.diagnostics.claims import Confidence, MoneyKind
from workbook.diagnostics.gates import Gate
from workbook.diagnostics.summary.rules.space_by_voice import is_hidden, rounded, space_by_voice

SCORES = {"p": 10, "n": 8, "d": 2}


def engagement(table, inputs, *, sizes, values, **more):
    """So many promoters (p), passives (n) and detractors (d) with what each could buy."""
    ids = [f"{who}{i}" for who, n in sizes.items() for i in range(n)]
    survey = table(
        customer_id=ids,
        respondent_id=[f"r{one}" for one in ids],
        score=[SCORES[one[0]] for one in ids],
        date="2025-12-01",
    )
    cells = Table(
        customer_id=[*ids, *ids, "p0"],
        part=["open"] * len(ids) + ["refused"] * len(ids) + ["open"],
        value=[values[one[0]] for one in ids] + [999.0] * len(ids) + [None],
    )
    matrix = segmentation(white_space=cells)
    return facts(inputs(survey=survey, **more), loyalty=Record(), segmentation_matrix=matrix)


def test_sums_of_both_groups_are_told_of_nobody_by_name(table, inputs):
    found = engagement(
        table, inputs, sizes={"p": 12, "n": 6, "d": 5}, values={"p": 101.0, "n": 101.0, "d": 102.0}
    )
    (claim,) = space_by_voice(found)
    assert claim.figures == {
        "promoters": 12, "money": 1200.0, "detractors": 5, "detractors_money": 510.0,
    }  # fmt: skip
    assert (claim.count, claim.population) == (12, 23)
    assert (claim.money, claim.money_kind) == (1200.0, MoneyKind.POTENTIAL)
    assert claim.confidence is Confidence.ASSUMED
    assert claim.customer_ids == ()
    assert (claim.effect_low, claim.effect_high) == (0.0, 1200.0)
    assert claim.diagnostics == ("loyalty", "segmentation_matrix")


@pytest.mark.parametrize("few", ["p", "n", "d"])
def test_a_group_below_the_threshold_is_refused(table, inputs, few):
    sizes = {"p": 6, "n": 6, "d": 6} | {few: 4}
    found = engagement(table, inputs, sizes=sizes, values=dict.fromkeys("pnd", 100.0))
    assert [one.gate for one in space_by_voice(found)] == [Gate.HISTORY]


def test_a_large_customer_that_would_be_known_by_the_sum_is_refused(table, inputs):
    sizes, values = {"p": 6, "n": 6, "d": 6}, {"p": 100.0, "n": 100.0, "d": 900.0}
    found = engagement(table, inputs, sizes=sizes, values=values)
    assert [one.gate for one in space_by_voice(found)] == [Gate.HISTORY]
    open_ = engagement(table, inputs, sizes=sizes, values=values, anonymity_threshold=1)
    assert [one.id for one in space_by_voice(open_)] == ["space_by_voice"]


def test_without_targets_or_scores_nothing_is_told(table, inputs):
    assert list(space_by_voice(facts(inputs(), loyalty=Record()))) == []
    assert list(space_by_voice(facts(inputs(), segmentation_matrix=segmentation()))) == []
    both = {"loyalty": Record(), "segmentation_matrix": segmentation()}
    assert list(space_by_voice(facts(inputs(), **both))) == []
    survey = table(customer_id=["a"], respondent_id=["r"], score=[10], date="2025-12-01")
    assert list(space_by_voice(facts(inputs(survey=survey), **both))) == []


@given(
    group=st.lists(st.integers(1, 10_000), min_size=1, max_size=8),
    others=st.lists(st.integers(1, 10_000), max_size=8),
)
def test_who_is_hidden_can_be_exchanged_without_a_trace(group, others):
    """Each member is left out of some group of the same size with the same sum as told."""
    if is_hidden(np.array(group, dtype=float), np.array(others, dtype=float)):
        for own in group:
            assert any(rounded(sum(group) - own + o) == rounded(sum(group)) for o in others)
    else:
        assert any(
            all(rounded(sum(group) - own + o) != rounded(sum(group)) for o in others)
            for own in group
        )
