"""Quartiles are exact, of type 7, over the values that are defined."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from raw_statements import Maker, sound


def autonomy(made, **where):
    where = {"year": 2024, "okved": "", "size": "all", "min_peers": 1, **where}
    found = made.base.quartiles(ratio="autonomy", **where)
    return found and (found.q1, found.median, found.q3)


def test_quartiles_of_one_to_four_with_one_missing_are_those_of_the_method(maker: Maker) -> None:
    rows = [sound(n, line_1300=1000 * n, line_1400="") for n in (1, 2, 3, 4)]
    rows.append(sound(5, line_1300="", line_1400="", line_1500=""))
    made = maker.of(*rows)
    assert autonomy(made) == (1.75, 2.5, 3.25)
    found = made.base.quartiles(year=2024, okved="", ratio="autonomy", min_peers=1)
    assert (found.n, found.n_valid) == (5, 4)


@pytest.mark.bad_input("D5")
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=40))
def test_quartiles_are_numpys_of_type_7(maker: Maker, values: list[int]) -> None:
    made = maker.of(*[sound(n, line_1300=v) for n, v in enumerate(values, start=1)])
    wanted = np.quantile([value / 1000 for value in values], [0.25, 0.5, 0.75], method="linear")
    assert autonomy(made) == pytest.approx(tuple(wanted), rel=1e-12, abs=1e-12)


@pytest.mark.bad_input("D6")
def test_a_division_by_zero_is_no_value_and_not_an_infinite_one(maker: Maker) -> None:
    rows = [sound(n, line_2110=n, line_2400=1) for n in (1, 2, 4)]
    made = maker.of(*rows, sound(9, line_2110=0, line_2400=7), sound(10, line_2110=0, line_2400=0))
    found = made.base.quartiles(year=2024, okved="", ratio="net_margin", min_peers=1)
    assert (found.n, found.n_valid) == (5, 3)
    assert (found.q1, found.median, found.q3) == (0.375, 0.5, 0.75)


@pytest.mark.bad_input("D5")
def test_nan_and_infinity_in_parquet_are_refused_and_move_no_quartile(maker: Maker) -> None:
    rows = [sound(n, line_1300=100 * n) for n in (1, 2, 3)]
    wild = [sound(7, line_1300="nan"), sound(8, line_1300="inf"), sound(9, line_1300="-inf")]
    made = maker.build(maker.parquet([*rows, *wild]))
    assert autonomy(made) == pytest.approx((0.15, 0.2, 0.25))
    assert made.facts["refused"] == {"not_a_number": 3}


def test_no_base_holds_a_number_that_is_not_finite(maker: Maker) -> None:
    made = maker.of(*[sound(n, line_1600=n % 3, line_1500=n % 2) for n in range(1, 20)])
    assert all(math.isfinite(v) for row in made.base.rows() for v in row[7:10])


def test_return_on_assets_takes_the_mean_of_assets_of_two_years(maker: Maker) -> None:
    before = sound(1, year=2018, line_1600=146_251_850)
    now = sound(1, year=2019, line_1600=206_529_031, line_2400=40_501_229)
    made = maker.of(before, now)
    found = made.base.quartiles(year=2019, okved="", ratio="roa", min_peers=1)
    assert round(found.median, 4) == 0.2296  # PAO Magnit, 2019 (published: 0.23)
    assert made.base.quartiles(year=2018, okved="", ratio="roa", min_peers=1) is None


def test_a_contradictory_year_before_gives_no_return_on_assets(maker: Maker) -> None:
    made = maker.of(
        sound(1, year=2023), sound(1, year=2023, line_1600=5), sound(1), sound(2, year=2023)
    )
    assert made.base.quartiles(year=2024, okved="", ratio="roa", min_peers=1) is None


def test_a_blank_detail_is_nil_where_its_section_adds_up_without_it(maker: Maker) -> None:
    closing = sound(1, line_1210=220, line_1230=100, line_1240="", line_1250=80)
    open_ = sound(2, line_1210=10, line_1230=100, line_1240="", line_1250=80)
    made = maker.of(closing, open_)
    found = made.base.quartiles(year=2024, okved="", ratio="cash_ratio", min_peers=1)
    assert (found.n, found.n_valid, found.median) == (2, 1, 0.4)


@pytest.mark.parametrize(
    ("revenue", "size"),
    [(120_000, "micro"), (120_001, "small"), (800_001, "medium"), (2_000_001, "large")],
)
def test_revenue_in_thousands_makes_the_size(maker: Maker, revenue: int, size: str) -> None:
    made = maker.of(sound(1, line_2110=revenue))
    assert {row.size for row in made.base.rows()} == {"all", size}


@pytest.mark.bad_input("D5")
def test_groups_with_few_values_are_left_out(maker: Maker) -> None:
    rows = [sound(n, okved="68.20" if n <= 2 else "47.11") for n in range(1, 6)]
    made = maker.of(*rows, fewest=3)
    assert {row.code for row in made.base.rows()} == {"", "G", "47", "47.1", "47.11"}
