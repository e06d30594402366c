"""The whole diagnostic: sections that are absent, small and odd tables, inputs untouched."""

import json
from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbook.diagnostics.loyalty.compute import compute
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.sources.code_frame_file import load_code_frame
from workbook.diagnostics.loyalty.survey import Sources
from workbook.diagnostics.loyalty.survey_result import Benchmark, IntervalKind
from workbook.language.package_data import templates

SECTIONS = (
    "survey",
    "groups",
    "waves",
    "comment_bias",
    "open_answers",
    "criteria",
    "satisfaction",
    "staff_gap",
    "drivers",
    "touchpoints",
    "complaints",
)
FAST = Params(bootstrap=20)
FAST_LATEST = replace(FAST, headline="latest")
FRAME = load_code_frame(templates() / "code_frames" / "loyalty.yaml")


def run(everything, params=FAST, sources=None) -> Result:
    return compute(everything, params, sources or Sources())


def _everything(table, survey, inputs, n=60):
    rng = np.random.default_rng(7)
    customers = [f"c{i:02d}" for i in range(n)]
    return inputs(
        label="2025-Q4",
        survey=survey(
            rng.integers(0, 11, n).tolist(),
            customer_id=customers,
            date=["2025-03-01"] * (n // 2) + ["2025-10-01"] * (n - n // 2),
            wave=["spring"] * (n // 2) + ["autumn"] * (n - n // 2),
            reason=["too dear" if i % 3 else None for i in range(n)],
            segment=[("big", "small", "tiny")[min(i % 7, 2)] for i in range(n)],
            weight=rng.uniform(0.5, 2, n).tolist(),
        ),
        satisfaction=table(
            respondent_id=[f"r{i}" for i in range(n) for _ in range(3)],
            customer_id=[c for c in customers for _ in range(3)],
            date="2025-05-05",
            product=["pump", "hose", "pump"] * n,
            parameter=["price", "speed", "service"] * n,
            mark=rng.integers(1, 6, 3 * n).astype(float).tolist(),
            side=["customer"] * (3 * n - 30) + ["staff"] * 30,
        ),
        touchpoints=table(
            category=["service", "product"] * 4,
            touchpoint=["phone", "box"] * 4,
            mark=["poor", "wow", "normal", "wow"] * 2,
            rater=list("aabbccdd"),
            comment=[f"note {i}" for i in range(8)],
        ),
        complaints=table(
            complaint_id=["1", "2"],
            customer_id=["c00", "c01"],
            date=["2025-02-01", "2025-03-01"],
            registered=[True, False],
            closed_date=["2025-02-05", None],
        ),
        customers=table(
            customer_id=customers, manager=[("Ann", "Bob")[i % 2] for i in range(n)], region="east"
        ),
        sales=table(
            customer_id=customers * 2,
            date=["2024-01-15"] * n + ["2025-06-15"] * n,
            amount=rng.uniform(10, 1000, 2 * n).tolist(),
            recommended_by=["c00", None] * n,
            product=["pump", "hose"] * n,
        ),
    )


@pytest.fixture(scope="session")
def everything(table, survey, inputs):
    return _everything(table, survey, inputs)


def test_with_all_tables_nothing_is_absent(everything, assert_finite):
    result = run(everything, sources=Sources(code_frame=FRAME))
    assert result.absent == ()
    assert result.uncoded_share == 0
    assert len(result.drivers) == 3
    assert_finite(result)


def test_a_result_can_be_written_as_json(everything):
    json.dumps(asdict(run(everything)), allow_nan=False, default=str)


def test_without_tables_everything_is_absent(inputs, assert_finite):
    result = run(inputs())
    assert result.absent == SECTIONS
    assert (result.nps, result.criteria, result.complaints) == (None, None, None)
    assert_finite(result)


@pytest.mark.parametrize(
    ("missing", "absent"),
    [
        ("survey", ("survey", "groups", "waves", "comment_bias", "open_answers", "drivers")),
        ("satisfaction", ("satisfaction", "staff_gap", "drivers")),
        ("touchpoints", ("touchpoints",)),
        ("complaints", ("complaints",)),
        ("customers", ()),
        ("sales", ("criteria",)),
    ],
)
def test_a_missing_table_leaves_its_sections_out(everything, missing, absent, assert_finite):
    tables = {name: t for name, t in everything.tables.items() if name != missing}
    result = run(replace(everything, tables=tables))
    assert result.absent == absent
    assert_finite(result)


def test_the_tables_are_not_changed(everything):
    before = {name: t.copy(deep=True) for name, t in everything.tables.items()}
    run(everything)
    for name, table in everything.tables.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_the_same_tables_give_the_same_result(everything):
    assert run(everything) == run(everything)


def _same(a, b, path="result"):
    if isinstance(a, float):
        assert a == pytest.approx(b, rel=1e-9, abs=1e-9), path
    elif isinstance(a, dict):
        for key in a:
            _same(a[key], b[key], f"{path}.{key}")
    elif isinstance(a, list | tuple):
        assert len(a) == len(b), path
        for i, (x, y) in enumerate(zip(a, b, strict=True)):
            _same(x, y, f"{path}[{i}]")
    else:
        assert a == b, path


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_does_not_matter(everything, seed):
    shuffled = {n: t.sample(frac=1, random_state=seed) for n, t in everything.tables.items()}
    _same(asdict(run(everything)), asdict(run(replace(everything, tables=shuffled))))


def test_published_indices_are_passed_through(everything):
    benchmark = Benchmark(name="Apple", value=73, year=None, n=None, source="book")
    assert run(everything, sources=Sources(benchmarks=(benchmark,))).benchmarks == (benchmark,)


def test_themes_are_counted_among_the_answers_of_the_headline(everything):
    """Two of three customers of each wave wrote "too dear"; the latest wave is half of them."""
    sources = Sources(code_frame=FRAME)
    (price,) = run(everything, sources=sources).themes
    assert (price.theme, price.label, price.n, price.customers) == ("price", "Price", 40, 40)
    assert price.detractors + price.passives + price.promoters == 40
    latest = run(everything, FAST_LATEST, sources)
    assert [theme.n for theme in latest.themes] == []
    assert latest.open_answers.n == 20


def test_without_a_code_frame_open_answers_are_not_read(everything):
    result = run(everything)
    assert (result.open_answers, result.themes, result.uncoded_share) == (None, (), None)


@pytest.mark.bad_input("D3")
def test_few_answers_are_shown_instead_of_an_index(survey, inputs):
    result = run(inputs(survey=survey([9, 2, None, 7])))
    assert result.small_answers == (2, 7, 9)
    assert result.nps.interval is IntervalKind.TOO_FEW
    assert result.weighted == ()


def test_enough_answers_are_not_shown_one_by_one(everything):
    assert run(everything).small_answers == ()


@pytest.mark.bad_input("D3")
@pytest.mark.parametrize(
    "scores",
    [[], [None, None], [0], [10], [10] * 30, [0] * 30, [7] * 30, [6, 9] * 5, [None, *[8] * 12]],
)
def test_odd_surveys_give_finite_results(survey, inputs, scores, assert_finite):
    frame = survey(scores or [5], reason="x", wave="w", segment="s", weight=1.0, revenue=0.0)
    frame = frame.iloc[: len(scores)]
    assert_finite(run(inputs(survey=frame)))


def test_empty_tables_give_finite_results(everything, assert_finite):
    empty = {name: t.iloc[:0] for name, t in everything.tables.items()}
    assert_finite(run(replace(everything, tables=empty)))


@pytest.mark.bad_input("D3")
@pytest.mark.parametrize("rows", [1, 2, 3])
def test_tables_of_few_rows_give_finite_results(everything, rows, assert_finite):
    few = {name: t.iloc[:rows] for name, t in everything.tables.items()}
    result = run(replace(everything, tables=few, previous=everything))
    assert_finite(result)


def test_tables_with_required_columns_only_give_finite_results(everything, assert_finite):
    required = {
        "survey": ["respondent_id", "date", "score"],
        "satisfaction": ["respondent_id", "date", "product", "parameter", "mark"],
        "touchpoints": ["category", "touchpoint", "mark"],
        "complaints": ["complaint_id", "customer_id", "date"],
        "customers": ["customer_id"],
        "sales": ["customer_id", "date", "amount"],
    }
    bare = {name: everything.tables[name][columns] for name, columns in required.items()}
    result = run(replace(everything, tables=bare))
    assert_finite(result)
    assert result.absent == ("groups", "waves", "comment_bias", "open_answers", "staff_gap")


def test_blank_optional_columns_are_as_good_as_none(everything, assert_finite):
    survey = everything.tables["survey"]
    blank = pd.Series([None] * len(survey), index=survey.index, dtype="str")
    empty = dict.fromkeys(("customer_id", "wave", "reason", "segment", "manager", "channel"), blank)
    result = run(replace(everything, tables={"survey": survey.assign(**empty, weight=np.nan)}))
    assert_finite(result)
    assert (result.groups, result.waves, result.comment_bias) == ((), (), None)
    assert [w.by for w in result.weighted] == ["customer"]


def test_the_groups_of_a_division_hold_every_answer_unless_hidden(everything):
    result = run(everything)
    for by in {g.by for g in result.groups}:
        parts = [g for g in result.groups if g.by == by]
        if not any(g.suppressed for g in parts):
            assert sum(g.n for g in parts) == result.nps.n


def test_the_anonymity_threshold_of_the_engagement_is_kept(everything):
    strict = run(replace(everything, anonymity_threshold=20))
    assert all(g.n is None or g.n >= 20 for g in strict.groups)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    scores=st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=40),
    data=st.data(),
)
def test_any_survey_gives_a_finite_result_that_adds_up(survey, inputs, assert_finite, scores, data):
    def column(*values):
        return data.draw(
            st.lists(st.sampled_from(values), min_size=len(scores), max_size=len(scores))
        )

    frame = survey(
        scores,
        customer_id=column("a", "b", "c", None),
        wave=column("1", "2", None),
        reason=column("dear", "—", None),
        manager=column("Ann", "Bob", "Cid", None),
        revenue=column(0.0, 1.0, 1e9, None),
    )
    result = run(inputs(survey=frame, label="now", anonymity_threshold=1))
    assert_finite(result)
    nps = result.nps
    assert nps.n + nps.missing == len(scores)
    assert nps.detractors + nps.passives + nps.promoters == nps.n == sum(nps.distribution)
    assert sum(w.n for w in result.waves) + result.wave_unlabelled in (0, nps.n)
