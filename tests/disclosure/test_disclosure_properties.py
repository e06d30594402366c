"""What holds for every audit, and the figures that are no plain counts of a group."""

import time

import numpy as np
import pandas as pd
import pytest
from attacker import Published, solved
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from workbook.diagnostics.controllability.answer_sheet import AnswerSheet, Rater
from workbook.diagnostics.controllability.disclosure import by_level
from workbook.diagnostics.loyalty.answers import answers
from workbook.diagnostics.loyalty.disclosure import SurveyFigures, told_of_scores
from workbook.diagnostics.loyalty.params import Params
from workbook.stats.disclosure import Publications, publishable

NAMES = ("a", "b", "c", "d")


def told_of(columns, cuts, *, people=None, threshold=5, always=1, **more):
    sets = sparse.csc_array(np.column_stack(columns).astype(float))
    n = sets.shape[0]
    asked = Publications(
        sets=sets,
        people=np.arange(n) if people is None else np.asarray(people),
        answers=np.arange(n) % 3,
        cuts=np.asarray(cuts),
        always=always,
        **more,
    )
    return publishable(asked, threshold=threshold).tolist()


def test_people_count_not_answers():
    """Eight answers of two people are two people."""
    whole, part = np.ones(30), np.arange(30) < 8
    whose = [0] * 4 + [1] * 4 + list(range(2, 24))
    assert told_of([whole, part], [-1, 0], people=whose) == [True, False]
    assert told_of([whole, part], [-1, 0]) == [True, True]


def test_a_weighted_mean_that_differs_by_one_account_from_the_whole_is_not_told():
    """Every account once: only one has two answers, so the difference tells their sum."""
    weights = np.ones(30)
    weights[:2] = 0.5
    guarded = sparse.csc_array((np.arange(30) < 2)[:, None].astype(float))
    assert told_of([np.ones(30), weights], [-1, -1], guarded=guarded) == [True, False]


def test_the_change_of_those_who_answered_twice_is_not_told_where_two_more_answered():
    """Waves of 20 and 22, 20 people in both: the rest of the change is that of two people."""
    first, second = np.arange(42) < 20, np.arange(42) >= 20
    both = np.where(first, -1.0, np.where(np.arange(42) < 40, 1.0, 0.0))
    whose = [*range(20), *range(20), 20, 21]
    columns = [np.ones(42), first, second, both]
    assert told_of(columns, [-1] * 4, people=whose, always=3) == [True, True, True, False]


def test_what_is_left_of_a_group_by_the_groups_of_another_cut_is_hidden():
    """Region R holds segments A, B and two of C: B or A is hidden, whatever the order."""
    region = np.arange(40) < 14
    a, b, c = np.arange(40) < 6, (np.arange(40) >= 6) & (np.arange(40) < 12), np.arange(40) >= 12
    told = told_of([np.ones(40), c, region, a, b], [-1, 1, 0, 1, 1])
    assert told[0]
    assert told != [True] * 5


labels = st.lists(st.sampled_from(NAMES), min_size=12, max_size=40)


@settings(max_examples=40, deadline=None)
@given(labels, labels, st.integers(2, 7))
def test_no_told_group_is_small_and_none_hidden_is_solved(first, second, threshold):
    n = min(len(first), len(second))
    cuts = [np.array(first[:n]), np.array(second[:n])]
    columns = [np.ones(n)] + [cut == name for cut in cuts for name in NAMES]
    told = np.array(told_of(columns, [-1] + [0] * 4 + [1] * 4, threshold=threshold))
    members = np.array(columns, dtype=float)
    assert all(members[i].sum() >= threshold or i == 0 for i in np.flatnonzero(told))
    classes = np.eye(3)[np.arange(n) % 3]
    hidden = members[~told]
    seen = Published(members=members[told], counts=members[told] @ classes)
    assert solved(seen, hidden[hidden.sum(axis=1) > 0]) == []


@settings(max_examples=20, deadline=None)
@given(labels, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_is_irrelevant(given_labels, random):
    n = len(given_labels)
    frame = pd.DataFrame(
        {
            "respondent_id": [f"r{i}" for i in range(n)],
            "score": [3.0 * (i % 3) + 4 for i in range(n)],
            "segment": given_labels,
        }
    )
    order = list(range(n))
    random.shuffle(order)

    def told(table):
        found = answers(table, Params())
        cuts = {"segment": found.frame["segment"]}
        return told_of_scores(SurveyFigures(given=found, rounds=(), cuts=cuts), threshold=5)

    assert told(frame) == told(frame.iloc[order])


def test_a_threshold_of_one_hides_nothing():
    columns = [np.ones(6), np.arange(6) < 1, np.arange(6) >= 1]
    assert told_of(columns, [-1, 0, 0], threshold=1) == [True, True, True]


def test_a_hundred_thousand_answers_are_audited_in_seconds():
    random = np.random.default_rng(0)
    n, columns, cuts = 100_000, [sparse.csc_array(np.ones((100_000, 1)))], [-1]
    for cut, k in enumerate((50, 80, 60, 10)):
        code = random.choice(k, n, p=random.dirichlet(np.full(k, 0.6)))
        names, code = np.unique(code, return_inverse=True)
        columns.append(sparse.csc_array((np.ones(n), (np.arange(n), code))))
        cuts += [cut] * len(names)
    asked = Publications(
        sets=sparse.hstack(columns, format="csc"),
        people=np.arange(n),
        answers=random.choice(3, n),
        cuts=np.array(cuts),
    )
    start = time.process_time()
    publishable(asked, threshold=5)
    assert time.process_time() - start < 20


@pytest.mark.parametrize("seed", range(40))
def test_items_by_level_give_no_level_away(seed):
    """Management, line staff and people of no level; blanks make some items small."""
    random = np.random.default_rng(seed)
    n, items = int(random.integers(6, 30)), 6
    level = random.choice(["management", "line", ""], n, p=random.dirichlet([1.0, 1.5, 0.4]))
    scores = random.choice([0.0, 0.5, 1.0, np.nan], (items, n), p=[0.3, 0.3, 0.3, 0.1])
    people = tuple(Rater(name=f"p{i}", role="", department="", level=str(v))
                   for i, v in enumerate(level))  # fmt: skip
    sheet = AnswerSheet(
        wave="", items=tuple(map(str, range(items))), people=people,
        given=np.full((items, n), "x", dtype=object), scores=scores, derived=0, off={},
        unknown=(), evidence=(),
    )  # fmt: skip
    told = by_level(sheet, 5).scores
    for row in range(items):
        marked = ~np.isnan(scores[row])
        groups = {v: (marked & (level == v)).astype(float) for v in ("management", "line", "")}
        classes = np.array([scores[row] == step for step in (0.0, 0.5, 1.0)], dtype=float)
        shown = not np.isnan(told[row]).all()
        kept = [v for v in ("management", "line") if groups[v].any()]
        if shown:
            assert all(groups[v].sum() >= 5 for v in kept)
        members = np.array([marked.astype(float), *(groups[v] for v in kept if shown)])
        hidden = np.array([g for v, g in groups.items() if g.any() and (v == "" or not shown)])
        alike = any((g == marked).all() for g in hidden)  # all of one level: the item itself
        if len(hidden) and not alike:
            seen = Published(members=members, counts=members @ classes.T)
            small = hidden[hidden.sum(axis=1) < 5]
            assert solved(seen, small) == []
