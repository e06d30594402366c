"""8,800 real sales opportunities: segments by five rules, targets, board and funnel."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from table_rows import rows_of

from workbook.diagnostics import param_types
from workbook.diagnostics.customer_ledger.sales_ledger import ledger_of
from workbook.diagnostics.segmentation_matrix.board import board
from workbook.diagnostics.segmentation_matrix.deals import OPEN, deals
from workbook.diagnostics.segmentation_matrix.deals_result import BOARD, CellStatus
from workbook.diagnostics.segmentation_matrix.funnel import entries, funnel, funnel_cohorts
from workbook.diagnostics.segmentation_matrix.matrix import matrix_of
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.rules import assign
from workbook.diagnostics.segmentation_matrix.sources.loading import check
from workbook.diagnostics.segmentation_matrix.standing import everyone
from workbook.diagnostics.segmentation_matrix.targets import (
    maturity,
    mean_maturity,
    off_target,
    target_matrix,
)
from workbook.diagnostics.segmentation_matrix.white_space import last_contacts, white_space
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.stats.data_table import DataTable

AS_OF = date(2017, 12, 31)
PARAMS = Params(used_months="ever", stages=("Prospecting", "Engaging"))
PRODUCTS = ("GTX Basic", "GTX Pro", "MG Special", "MG Advanced", "GTX Plus Pro",
            "GTX Plus Basic", "GTK 500")  # fmt: skip
RULES = [
    (1, "S1 large retail (>1000)", "retail", "> 1000", ""),
    (2, "S2 large tech (>1000)", "technolgy; software; telecommunications", "> 1000", ""),
    (3, "S3 medical (>500)", "medical", "> 500", ""),
    (4, "S4 large services est. before 2000 (>1000)",
     "marketing; finance; services; entertainment; employment", "> 1000", "< 2000"),
    (5, "S5 small (<500)", "", "< 500", ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def files(cases):
    """Return the tables of an engagement made of the files."""
    folder = Path(__file__).resolve().parents[1] / "golden/crm_opportunities"
    accounts = pd.read_csv(folder / "accounts.csv")
    deals_ = pd.read_csv(folder / "sales_pipeline.csv.gz")
    for column in ("engage_date", "close_date"):
        deals_[column] = pd.to_datetime(deals_[column], format="%m/%d/%Y")
    deals_["product"] = deals_["product"].replace("GTXPro", "GTX Pro")
    won = deals_[deals_["deal_stage"] == "Won"]
    example = cases["crm_opportunities"]["target_example"]
    return {
        "customers": accounts.rename(
            columns={"account": "customer_id", "sector": "Sector", "year_established": "Founded"}
        )[["customer_id", "Sector", "Founded", "employees"]],
        "segments": pd.DataFrame(
            RULES, columns=["order", "segment", "industry", "employees", "founded_year"]
        ),
        "targets": pd.DataFrame(
            [
                {"segment": s, **{p: "target" if p in names else "" for p in PRODUCTS}}
                for s, names in example.items()
            ]
        ),
        "sales": pd.DataFrame(
            {
                "customer_id": won["account"],
                "date": won["close_date"],
                "amount": won["close_value"],
                "product": won["product"],
            }
        ),
        "offers": stage_events(deals_),
    }


def stage_events(rows):
    """Return the stages each opportunity went through; one never engaged begins today."""
    begun = rows["engage_date"].fillna(pd.Timestamp(AS_OF))
    base = {"deal_id": rows["opportunity_id"], "customer_id": rows["account"],
            "product": rows["product"]}  # fmt: skip
    first = pd.DataFrame({**base, "stage": "prospecting", "status": "open", "date": begun})
    engaged = rows["deal_stage"] != "Prospecting"
    second = first[engaged].assign(stage="engaging")
    closed = rows["deal_stage"].isin(["Won", "Lost"])
    last = pd.DataFrame(
        {
            **base,
            "stage": "engaging",
            "status": rows["deal_stage"].str.lower(),
            "date": rows["close_date"],
        }
    )[closed]
    return pd.concat([first, second, last])


@pytest.fixture(scope="module")
def facts(files, inputs_of_files):
    """Read the engagement and join its tables."""
    inputs = inputs_of_files(AS_OF, **files)
    book = ledger_of(inputs)
    segmentation = assign(inputs, book)
    return inputs, book, segmentation, matrix_of(inputs, book, segmentation, PARAMS)


@pytest.fixture(scope="module")
def known(cases):
    return cases["crm_opportunities"]


def test_customers_fall_into_the_known_segments(facts, known):
    _, _, segmentation, _ = facts
    counts = pd.Series([a.segment or "unassigned" for a in rows_of(segmentation.assignment)])
    assert counts.value_counts().to_dict() == known["segments_rule_example"]
    check_ = segmentation.check
    assert (check_.unassigned, check_.undetermined, check_.overlaps) == (10, 0, ())


def test_buyers_by_segment_and_product(facts, known):
    cells = {(c.segment, c.product): c.users for c in target_matrix(facts[3])}
    for segment, products in known["segment_x_product_clients_who_bought"].items():
        if segment != "unassigned":
            assert {p: cells[segment, p] for p in products} == products


def test_maturity_white_space_and_off_target(facts, known):
    inputs, book, _, found = facts
    mean, want = mean_maturity(found), known["maturity"]
    assert (mean.n, round(mean.mean, 6)) == (want["clients"], want["mean"])
    everybody = everyone(len(found.ids), inputs.as_of)
    ripe = maturity(found, everybody)
    values = ripe["value"].dropna().tolist()
    assert (values.count(1.0), values.count(0.0)) == (want["full(=1)"], want["zero"])
    by_segment = {
        name: round(mean_maturity(found, (found.segment == place).nonzero()[0]).mean, 6)
        for place, name in enumerate(found.segments)
    }
    assert by_segment == want["by_segment_mean"]
    nobody = pd.Series(dtype="str")
    spaces = white_space(
        found, PARAMS, standing=everybody, cells=DataTable.empty(BOARD),
        contacts=last_contacts(inputs, book), classes=nobody, statuses=nobody,
    )  # fmt: skip
    assert len(spaces) == want["whitespace_cells(target & not bought)"]
    assert off_target(found)[0].n == want["off_target_cells(bought & not target)"]
    used = ripe["used"].value_counts()
    distribution = known["products_per_client_distribution"]
    assert {str(n): count for n, count in used.items()} == distribution


def test_the_best_status_of_each_cell(facts, known):
    """The known answer takes the best deal of a cell, not the latest, and knows no settlements."""
    inputs, book, _, found = facts
    events = deals(inputs, PARAMS)
    closed = {str(n) for n in events.number[events.status != OPEN]}
    ranks = (CellStatus.REFUSED, CellStatus.OFFER, CellStatus.CONTRACT)
    best: dict[tuple[str, str], int] = {}
    for event in rows_of(board(found, book, events, PARAMS)[2]):
        if event.event in ranks and (
            event.event != CellStatus.OFFER or event.deal_id not in closed
        ):
            cell = (event.customer_id, event.product)
            best[cell] = max(best.get(cell, 0), ranks.index(event.event))
    counts = pd.Series([str(ranks[rank]) for rank in best.values()]).value_counts().to_dict()
    counts["not offered"] = book.n * len(PRODUCTS) - len(best)
    assert counts == known["status_board_best_status_cells"]


def test_the_funnel_and_its_cohort(facts, known):
    events = deals(facts[0], PARAMS)
    first, second = funnel(events, PARAMS)
    want = known["funnel"]
    assert (first.entered, first.advanced) == (want["created"], want["engaged_or_further"])
    assert (first.still, first.lost) == (known["deal_stage"]["Prospecting"], 0)
    assert (second.advanced, second.left) == (want["won"], want["closed"])
    assert (second.lost, second.still) == (
        known["deal_stage"]["Lost"],
        known["deal_stage"]["Engaging"],
    )
    assert round(second.rate, 6) == known["win_rate_closed"]
    found = entries(events)
    engaging = events.stages.codes[found.row] == 1
    for outcome, name in ((0, "won"), (1, "lost")):
        rows = engaging & (found.outcome == outcome)
        assert pd.Series(found.days[rows]).median() == want[f"cycle_days_{name}_median"]
    quarter = next(c for c in funnel_cohorts(events) if c.cohort == "2017-Q1")
    assert {"Won": quarter.won, "Lost": quarter.lost, "Engaging": quarter.open} == known[
        "funnel_cohort_engaged_Q1_2017"
    ]


def test_the_products_other_spelling_becomes_that_of_the_targets(files, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "engagement.toml").write_text(
        'schema_version = 1\nid = "crm"\nclient = "C"\nlanguage = "en"\ncurrency = "USD"\n'
        'period = "2017"\nas_of = 2017-12-31\n',
        "utf-8",
    )
    sales = files["sales"].assign(product=files["sales"]["product"].replace("GTX Pro", "GTXPro"))
    for name, frame in (files | {"sales": sales}).items():
        frame.to_csv(tmp_path / "data" / f"{name}.csv", index=False)
    engagement = load_engagement(tmp_path, param_types() | {"segmentation_matrix": Params})
    case = read_engagement(engagement)
    assert check(engagement, case.tables) == ()
    assert set(case.tables["sales"].frame["product"]) == set(PRODUCTS)
    (remark,) = [p for p in case.problems if "GTXPro" in str(p)]
    assert (remark.code, remark.is_error) == ("groups_joined", False)
