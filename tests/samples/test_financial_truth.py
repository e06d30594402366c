"""The statements of the samples: files, truth and findings agree."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import plain_scoring as plain
import pytest

from workbook.diagnostics import param_types
from workbook.diagnostics.financial_quartiles.compute import compute
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.diagnostics.financial_quartiles.sources import loading as sources
from workbook.diagnostics.inputs import Inputs
from workbook.engagement.engagement_file import load_engagement
from workbook.errors import Problem
from workbook.intake.param_tables import build_params
from workbook.intake.tables import read_tables

EVERY = ("severstroy", "tatra-servis", "northbridge")
GROUP = "severstroy"
BUILDER, SISTER = "АО «Северстрой»", "ООО «Северстрой-Аренда»"
SUPPLIER = "ООО «Оптпрофиль-Запад»"
CODES = {
    1100: "non_current_assets", 1200: "current_assets", 1230: "receivables",
    1240: "short_term_investments", 1250: "cash", 1300: "equity", 1400: "long_term_liabilities",
    1500: "current_liabilities", 1600: "assets", 2110: "revenue", 2200: "profit_from_sales",
    2400: "net_profit",
}  # fmt: skip
"""Every line that a ratio reads."""
each = pytest.mark.parametrize("engagement", EVERY)
Truth = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One sample read and computed."""

    rows: list[dict[str, Any]]
    problems: tuple[Problem, ...]
    result: Result

    def of(self, organisation: str, year: int) -> Organisation:
        return next(
            row
            for row in self.result.organisations
            if (row.organisation, row.year) == (organisation, year)
        )

    def lines(self, organisation: str, year: int) -> dict[str, int]:
        """Return the amounts of the long layout as they were read, by name."""
        rows = [r for r in self.rows if (r["organisation"], r["year"]) == (organisation, year)]
        known = {str(code): name for code, name in CODES.items()}
        return {known[r["line"]]: int(r["value"]) for r in rows if r["line"] in known}


@pytest.fixture(scope="module")
def found(samples: Path) -> Callable[[str], Found]:
    known: dict[str, Found] = {}

    def run(name: str) -> Found:
        if name not in known:
            known[name] = _found(samples / name)
        return known[name]

    return run


def _found(folder: Path) -> Found:
    engagement = load_engagement(folder, param_types() | {"financial_quartiles": Params})
    tables = read_tables(engagement).tables
    frame = tables["statements"].frame
    params = build_params(engagement, "financial_quartiles", Params)
    inputs = Inputs(
        tables={"statements": frame}, as_of=engagement.as_of, language=engagement.language
    )
    prepared = sources.load(engagement, inputs, params)
    return Found(
        rows=frame.to_dict("records"),
        problems=sources.check(engagement, tables),
        result=compute(inputs, params, prepared.sources),
    )


def _stated(truth: Truth, engagement: str) -> dict[tuple[str, int], Truth]:
    return {
        (name, int(year)): facts
        for name, firm in truth[engagement]["financial"]["organisations"].items()
        for year, facts in firm["years"].items()
    }


class TestFiles:
    def test_amounts_in_parentheses_and_with_spaces_are_read(
        self, samples: Path, found: Callable[[str], Found]
    ) -> None:
        text = (samples / GROUP / "data" / "statements.csv").read_bytes().decode("cp1251")
        assert f"{SUPPLIER};46.73;полная;2021;2110;463\u00a0254;312\u00a0786" in text
        assert "2020;2120;(373\u00a0100);(349\u00a0300)" in text
        costs = {r["year"]: r["value"] for r in found(GROUP).rows if r["line"] == "2120"}
        assert costs[2020] == -431_300 + 31_460 + 26_740

    def test_the_ratios_of_the_file_are_the_true_ones(
        self, found: Callable[[str], Found], truth: Truth
    ) -> None:
        stated, group = _stated(truth, GROUP), found(GROUP)
        for year in range(2021, 2025):
            made = plain.ratios(group.lines(BUILDER, year), group.lines(BUILDER, year - 1))
            assert {name: str(v) for name, v in made.items()} == stated[BUILDER, year]["ratios"]

    def test_simplified_statements_have_no_sections_of_the_balance_sheet(
        self, found: Callable[[str], Found]
    ) -> None:
        rows = [r for r in found(GROUP).rows if r["organisation"] == SISTER]
        assert {r["form"] for r in rows} == {"simplified"}
        assert not {r["line"] for r in rows} & {"1100", "1200", "1400", "1500", "2200"}

    def test_revenue_is_that_of_the_sales(
        self, found: Callable[[str], Found], truth: Truth
    ) -> None:
        for engagement, vat in (("tatra-servis", 1.2), ("northbridge", 1.0)):
            row = next(r for r in found(engagement).rows if r["year"] == 2024)
            sold = truth[engagement]["segmentation"]["turnover_before"] / vat
            assert row["revenue"] == round(sold / 1000)

    @each
    def test_the_only_warning_is_the_cost_without_parentheses(
        self, engagement: str, found: Callable[[str], Found]
    ) -> None:
        told = [(p.code, p.facts["check"], p.facts["nearest"]) for p in found(engagement).problems]
        planted = [("statement_not_adding_up", "2100 = 2110 + 2120", "Себестоимость продаж")]
        assert told == (planted if engagement == GROUP else [])


class TestFindings:
    @each
    def test_every_ratio_is_exact(
        self, engagement: str, found: Callable[[str], Found], truth: Truth
    ) -> None:
        made = {
            (row.organisation, row.year): {
                one.ratio: None if one.exact is None else str(one.exact) for one in row.ratios
            }
            for row in found(engagement).result.organisations
        }
        assert made == {key: facts["ratios"] for key, facts in _stated(truth, engagement).items()}

    @each
    def test_only_the_planted_slip_keeps_totals_from_adding_up(
        self, engagement: str, found: Callable[[str], Found], truth: Truth
    ) -> None:
        made = {
            (row.organisation, row.year): [
                {"total": c.total, "difference": c.difference, "wrong_signs": list(c.wrong_signs)}
                for c in row.articulation
                if not c.closes
            ]
            for row in found(engagement).result.organisations
        }
        stated = _stated(truth, engagement)
        assert made == {key: facts["articulation"] for key, facts in stated.items()}
        slips = [key for key, differences in made.items() if differences]
        assert slips == ([(BUILDER, 2021)] if engagement == GROUP else [])

    @each
    def test_a_prior_year_figure_that_contradicts_is_found(
        self, engagement: str, found: Callable[[str], Found], truth: Truth
    ) -> None:
        made = [
            {"organisation": c.organisation, "line": c.line, "year": c.year}
            | {"own": c.own, "given": c.given}
            for c in found(engagement).result.prior_contradictions
        ]
        assert made == truth[engagement]["financial"]["contradictions"]
        assert len(made) == (engagement == GROUP)

    @each
    def test_revenue_grows_as_it_truly_did(
        self, engagement: str, found: Callable[[str], Found], truth: Truth
    ) -> None:
        for (name, year), facts in _stated(truth, engagement).items():
            growth = [g for g in found(engagement).of(name, year).growth if g.line == "revenue"]
            stated = facts["revenue_growth"]
            expected = [] if stated is None else [pytest.approx(float(Fraction(stated)))]
            assert [g.change for g in growth] == expected

    def test_the_supplier_grew_by_48_per_cent_against_its_prior_column(
        self, found: Callable[[str], Found]
    ) -> None:
        row = next(g for g in found(GROUP).of(SUPPLIER, 2021).growth if g.line == "revenue")
        assert (row.from_prior_column, round(100 * (row.change or 0), 2)) == (True, 48.11)


class TestVerdicts:
    @each
    def test_verdicts_and_changes_are_the_planted_ones(
        self, engagement: str, found: Callable[[str], Found], truth: Truth
    ) -> None:
        made = {
            (row.organisation, row.year): (row.verdict.industry, row.change_verdict)
            for row in found(engagement).result.organisations
        }
        stated = _stated(truth, engagement)
        assert made == {key: (f["verdict"], f["change"]) for key, f in stated.items()}

    def test_the_builder_climbs_and_falls_back_in_the_last_year(self, truth: Truth) -> None:
        stated = _stated(truth, GROUP)
        years = [stated[BUILDER, year]["verdict"] for year in range(2020, 2025)]
        assert years == ["worse", "about_the_same", "better", "better", "about_the_same"]
        assert stated[BUILDER, 2024]["change"] == "worsened"

    @each
    def test_scores_are_those_of_the_base_as_it_lies_there(
        self, engagement: str, found: Callable[[str], Found], truth: Truth
    ) -> None:
        for row in found(engagement).result.organisations:
            revenue = next(line.value for line in row.lines if line.line == "revenue")
            roubles = engagement == GROUP
            own_size = plain.size(int(revenue)) if roubles else "all"
            scores = {
                one.ratio: plain.score(
                    one.exact, plain.industry(row.year, row.okved, own_size, one.ratio)
                )
                for one in row.ratios
                if one.exact is not None
            }
            bands = {one.ratio: one.industry for one in row.ratios if one.exact is not None}
            assert scores == {name: band and band.score for name, band in bands.items()}
            stated = _stated(truth, engagement)[row.organisation, row.year]["verdict"]
            assert stated in (None, plain.verdict(scores.values()))

    @pytest.mark.parametrize(("name", "year", "n"), [(SISTER, 2024, 3), (SUPPLIER, 2021, 2)])
    def test_who_lacks_lines_gets_no_verdict_and_is_asked_for_them(
        self, name: str, year: int, n: int, found: Callable[[str], Found]
    ) -> None:
        row = found(GROUP).of(name, year)
        assert (row.verdict.all, row.verdict.industry) == (None, None)
        assert (row.no_verdict.industry, row.n_scored) == ("group_missing", n)
        assert {"non_current_assets", "current_assets", "current_liabilities"} <= set(row.ask_for)

    def test_the_line_that_turns_the_builders_verdict_is_the_nearest(
        self, found: Callable[[str], Found]
    ) -> None:
        group = found(GROUP)
        point = group.of(BUILDER, 2024).flip
        assert point is not None
        amount = round(abs(point.change) / 1000)
        turned = _turned(group, amount)
        assert turned == {(point.line, point.change > 0): "better"}
        smaller = (*range(20, amount, 20), amount - 1)
        assert [_turned(group, less) for less in smaller] == [{}] * len(smaller)


def _turned(group: Found, amount: int) -> dict[tuple[str, bool], str]:
    """Return the other verdicts of the builder with one line higher or lower by an amount."""
    now, before = group.lines(BUILDER, 2024), group.lines(BUILDER, 2023)
    own_size = plain.size(1000 * now["revenue"])

    def verdict(lines: dict[str, int]) -> str:
        made = plain.ratios(lines, before)
        return plain.verdict(
            plain.score(value, plain.industry(2024, "41.20", own_size, name))
            for name, value in made.items()
        )

    changes = [(line, change) for line in now for change in (amount, -amount)]
    words = {(n, c > 0): verdict(now | {n: now[n] + c}) for n, c in changes}
    return {key: word for key, word in words.items() if word != verdict(now)}
