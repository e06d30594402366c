"""The base computes a ratio exactly as the diagnostic does for a client's statement."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from raw_statements import Maker

from workbook.diagnostics.financial_quartiles.derived_lines import complete
from workbook.diagnostics.financial_quartiles.industries import SECTION_OF
from workbook.diagnostics.financial_quartiles.lines import FULL
from workbook.diagnostics.financial_quartiles.sources.ratio_files import load_ratios, shipped_lines
from workbook.diagnostics.financial_quartiles.statement import Statement
from workbook.diagnostics.financial_quartiles.values import Amounts, valued

LINES = shipped_lines()
RATIOS = load_ratios().ratios
CODES = ("1100", "1200", "1230", "1240", "1250", "1300", "1400", "1500", "1600", "1700")
RESULTS = ("2110", "2200", "2400")
DETAILS = ("1210", "1220", "1260")
NEVER_NEGATIVE = ("1200", "1500", "1600", "2110")


def figures(chance: Random) -> dict[str, int]:
    """Return the lines of one statement: some blank, some at odds, many of them closing."""
    blank = chance.choice((0.0, 0.15, 0.6))
    told = {
        code: chance.randint(0 if code in NEVER_NEGATIVE else -9, 30)
        for code in (*CODES, *RESULTS, *DETAILS)
        if chance.random() >= blank
    }
    if chance.random() < 0.5:
        parts = sum(told.get(c, 0) for c in (*DETAILS, "1230", "1240", "1250"))
        told["1200"] = max(0, parts + chance.choice((0, 0, 4, 5)))
    if chance.random() < 0.5:
        told["1600"] = max(0, told.get("1100", 0) + told.get("1200", 0))
    return told


def by_fractions(told: dict[str, int], before: dict[str, int]) -> dict[str, Fraction | None]:
    """Return the ratios as the diagnostic computes them."""
    end, begin = (
        complete(statement(lines, year), LINES, Fraction(4)).values
        for lines, year in ((told, 2024), (before, 2023))
    )
    amounts = Amounts(end=end, begin=begin)
    return {ratio.id: valued(ratio, ratio.tree, amounts).value for ratio in RATIOS}


def statement(told: dict[str, int], year: int) -> Statement:
    names = LINES.codes(FULL, year)
    return Statement(
        organisation="a",
        year=year,
        form=FULL,
        okved="",
        values={names[code]: Fraction(value) for code, value in told.items()},
        prior={},
        entries={},
        row=1,
    )


def test_a_ratio_of_the_base_is_the_ratio_of_the_report(maker: Maker) -> None:
    """Each company is alone in its industry, so that its group's median is its own ratio."""
    chance = Random(6)
    classes = [c for c in SECTION_OF if c < "90"]
    okveds = [f"{c}.{n}{m}" for c in classes for n in range(1, 5) for m in range(4)]
    companies = {okved: (figures(chance), figures(chance)) for okved in okveds}
    base = maker.of(*rows(companies)).base
    compared = 0
    for okved, (told, before) in companies.items():
        for ratio, wanted in by_fractions(told, before).items():
            found = base.quartiles(year=2024, okved=okved, ratio=ratio, min_peers=1)
            alone = found if found is not None and found.level == "4" else None
            assert (alone is None) == (wanted is None), (ratio, told, before)
            if alone is not None and wanted is not None:
                assert alone.median == pytest.approx(float(wanted), rel=1e-12, abs=1e-15)
                compared += 1
    assert compared > 4000


def rows(companies: Mapping[str, tuple[dict[str, int], dict[str, int]]]) -> list[dict[str, Any]]:
    """Return the statements of two years as raw rows."""
    return [
        {"inn": f"{n:010d}", "okved": okved, "year": year}
        | {f"line_{c}": lines.get(c, "") for c in (*CODES, *RESULTS, *DETAILS)}
        for n, (okved, pair) in enumerate(companies.items(), start=1)
        for lines, year in zip(pair, (2024, 2023), strict=True)
    ]
