"""The shipped sample base: invented companies through the command that users have."""

import hashlib

import pytest

from data_samples.generate import population, sample_base
from workbook.diagnostics.financial_quartiles.reference_base.base_file import read_base
from workbook.diagnostics.financial_quartiles.sources.engagement_base import sample_base as shipped
from workbook.diagnostics.financial_quartiles.sources.engagement_base import shipped_formulas
from workbook.language.package_data import templates

NINE = {ratio.id for ratio in shipped_formulas(1000).ratios}


def test_it_is_marked_synthetic_and_small() -> None:
    base = shipped()
    assert base.synthetic
    assert (base.source, base.built.isoformat()) == (sample_base.SOURCE, sample_base.BUILT)
    assert base.years == tuple(range(2019, 2026))
    assert set(base.ratios) == NINE
    assert len(NINE) == 9
    assert (templates() / "base" / "sample.parquet").stat().st_size < 1_050_000


def test_it_is_made_of_the_population_that_the_generator_writes(tmp_path) -> None:
    path = population.write(tmp_path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == shipped().hash


def test_it_was_made_by_the_formulas_of_today() -> None:
    assert shipped().facts["ratios"] == {r.id: r.formula for r in shipped_formulas(1000).ratios}


def test_every_kind_of_dirt_was_refused() -> None:
    refused = set(shipped().facts["refused"])
    assert refused >= {"no_inn", "no_okved", "not_a_number", "no_figures", "copy", "contradictory"}
    assert refused >= {f"negative_{line}" for line in (1600, 1200, 1500, 2110)}


def test_a_small_population_goes_the_same_way(tmp_path) -> None:
    sample_base.build(tmp_path / "small.parquet", companies=2000)
    base = read_base(tmp_path / "small.parquet")
    assert base.synthetic
    whole = base.quartiles(okved="", year=2024, ratio="autonomy")
    assert whole.q1 < whole.median < whole.q3
    assert whole.median == pytest.approx(
        shipped().quartiles(okved="", year=2024, ratio="autonomy").median, abs=0.05
    )


def test_most_industries_can_be_compared_at_four_digits() -> None:
    base = shipped()
    for okved in ("68.20", "46.90", "41.20", "62.01", "25.62", "56.10", "49.41"):
        found = base.quartiles(year=2024, okved=okved, ratio="roa")
        assert (found.level, found.code) == ("4", okved)
