"""The churn-reasons report names people only beside their portfolio, and no shares of few."""

from dataclasses import replace

import pytest
from first_period import first_period
from opened_samples import SAMPLES, opened
from shown import chapters, sentences

from workbook.charts.chart import Chart
from workbook.diagnostics.churn_reasons.report import REPORT
from workbook.report.blocks import NotStudied
from workbook.report.table import Table


@pytest.fixture(scope="module")
def dealers():
    return opened("churn_reasons", first_period("ural-tekhnika"))


@pytest.fixture(scope="module")
def accounts():
    return opened("churn_reasons", SAMPLES / "northbridge")


def cells(view, table, heading):
    """Return the cells of the column whose heading is this text."""
    (key,) = [c.key for c in table.columns if c.heading == view.text(heading)]
    return [row[key] for row in table.rows]


def managers(view):
    return [g for g in view.result.by if g.dimension == "manager" and g.group]


def test_a_manager_is_named_only_where_portfolio_and_expectation_stand_beside(dealers):
    blocks = chapters(dealers.view, REPORT)["portfolio"]
    tables = [b for b in blocks if isinstance(b, Table) and not b.appendix_only]
    (table,) = [t for t in tables if t.name == "portfolio_manager"]
    named = {g.group for g in managers(dealers.view)}
    view = dealers.view
    names, at_risk, expected = (
        cells(view, table, f"portfolio.columns.{name}") for name in ("group", "at_risk", "expected")
    )
    assert named <= set(names)
    for name, portfolio, expectation in zip(names, at_risk, expected, strict=True):
        if name in named:
            assert portfolio is not None
            assert expectation is not None
    elsewhere = [c for name, c in chapters(dealers.view, REPORT).items() if name != "portfolio"]
    told = " ".join(s for blocks in elsewhere for s in sentences(blocks))
    assert not any(name in told for name in named)


def test_the_chapter_says_where_the_portfolio_changes_the_order(dealers):
    """The manager of the riskiest region looks bad by raw rate and is among the best adjusted."""
    rows = managers(dealers.view)
    assert [g.group for g in sorted(rows, key=lambda g: g.rank_raw)] != [
        g.group for g in sorted(rows, key=lambda g: g.rank_adjusted)
    ]
    told = sentences(chapters(dealers.view, REPORT)["portfolio"])
    same = dealers.view.text("portfolio.text.same")
    of_managers = dealers.view.text(
        "portfolio.heading.none", by=dealers.view.text("by.manager"), n=len(rows)
    )
    after = told[told.index(of_managers) :]
    assert same not in after
    places = dealers.view.params.moved_places
    moved = [g for g in rows if abs(g.rank_raw - g.rank_adjusted) >= places]
    assert moved
    assert (
        dealers.view.text("portfolio.text.moved", k=len(moved), n=len(rows), places=places) in after
    )
    # None of them passes its test: the order is told of, no person is.
    assert not any(g.group in sentence for g in rows for sentence in after)


def test_no_finding_of_the_summary_blames_a_manager_before_a_region(dealers):
    told = " ".join(sentences(REPORT.summary(dealers.view)))
    assert not any(g.group in told for g in managers(dealers.view))


def test_few_losses_are_told_as_numbers_without_percentages(accounts):
    view = accounts.view
    assert view.result.small
    blocks = chapters(view, REPORT)["reasons"]
    charts = [b for b in blocks if isinstance(b, Chart)]
    assert not any("%" in b.alt for b in charts)
    table = next(b for b in blocks if isinstance(b, Table))
    assert all(row["share"] is None for row in table.rows)


def test_signals_that_could_not_be_tested_are_not_called_useless(accounts):
    heading = chapters(accounts.view, REPORT)["warning"][0].text
    assert "back-tested" in heading
    blocks = chapters(accounts.view, REPORT)["warning"]
    table = next(b for b in blocks if isinstance(b, Table) and b.name == "signals")
    verdicts = cells(accounts.view, table, "warning.columns.verdict")
    assert set(verdicts) == {accounts.view.text("warning.verdict.untested")}


def test_the_revenue_of_the_reasons_in_the_table_is_that_of_the_result(dealers):
    table = next(b for b in chapters(dealers.view, REPORT)["reasons"] if isinstance(b, Table))
    told = {row["label"]: row["revenue"] for row in table.rows}
    assert told == {r.label: r.revenue for r in dealers.view.result.reasons}
    assert sum(told.values()) == pytest.approx(dealers.view.result.lost.revenue)


def test_a_section_without_data_says_what_would_fill_it(dealers):
    result = dealers.view.result
    empty = replace(
        result, by=(), survival=result.survival.head(0), survival_basis=None, signals=(),
        winback=None, instruments=(), combinations=(), reasons_per_loss=(), preventable=None,
        reasons=(),
    )  # fmt: skip
    view = replace(dealers.view, result=empty)
    for name, blocks in chapters(view, REPORT).items():
        assert [type(b) for b in blocks] == [NotStudied], name


def test_a_register_without_a_loss_is_a_report_of_one_sentence(dealers):
    lost = replace(dealers.view.result.lost, n=0)
    view = replace(dealers.view, result=replace(dealers.view.result, lost=lost))
    assert REPORT.summary(view)[0].text == view.text("head.none")
