"""What holds for every report, whatever the data: on engagements drawn at random.

No count above its population, no money above its whole, nobody singled out without a test; in
the claims, on page 2 in three languages, in the result file and in the tables of the XLSX alike.
"""

import csv
import re
from functools import cache
from itertools import permutations
from math import fsum
from pathlib import Path
from tempfile import mkdtemp

import pytest
from generated import make

from workbook.diagnostics import all_diagnostics, diagnostic_named
from workbook.diagnostics.claims import ON_PAGE_TWO, Claim, Confidence, MoneyKind
from workbook.diagnostics.summary.leading import inside
from workbook.engagement.data import EngagementData, open_engagement
from workbook.notebook import Book, book_of
from workbook.report.blocks import Bullets, Callout, Heading, Text, Tiles
from workbook.report.plain_data import plain_data
from workbook.report.table import Table

SEEDS = range(45)
"""Engagements drawn: fifteen of each language."""
FULL = range(0, 45, 5)
"""Those whose chapters are drawn as well."""
SUMMED = range(1, 45, 4)
"""Those whose summary is made as well."""
WHOLE = r"(\d{1,3}(?:[\u00a0\u202f,]\d{3})+|\d+)"
PART = re.compile(rf"(?<![\d.,]){WHOLE}[\s\u00a0](?:of|из|zo?)[\s\u00a0]{WHOLE}(?![.,]?\d)")
"""Whole numbers of whole numbers, in three languages."""


@cache
def case_of(seed: int) -> EngagementData:
    case = open_engagement(make(Path(mkdtemp()) / "drawn", seed))
    assert not case.errors
    return case


@cache
def books_of(seed: int) -> tuple[Book, ...]:
    case = case_of(seed)
    return tuple(
        book_of(found, case)
        for found in all_diagnostics()
        if set(found.needs_any) & set(case.tables)
    )


@cache
def summary_of(seed: int) -> Book:
    return book_of(diagnostic_named("summary"), case_of(seed))


def customers_of(seed: int) -> set[str]:
    """Return all customers that any file of the engagement names, read without the package."""
    ids = set()
    for path in (case_of(seed).engagement.folder / "data").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            ids |= {row["customer_id"] for row in csv.DictReader(file) if row.get("customer_id")}
    return ids


def claims_of(book: Book) -> list[Claim]:
    result = book.view.result
    return [*([result.answer] if result.answer else []), *result.tiles, *result.findings]


def words_of(blocks) -> list[str]:
    words = []
    for block in blocks:
        if isinstance(block, Heading):
            words.append(block.text)
        elif isinstance(block, Text | Callout):
            words += block.paragraphs
        elif isinstance(block, Bullets):
            words += block.items
        elif isinstance(block, Tiles):
            words += [w for t in block.tiles for w in (t.label, t.value, t.change, t.base)]
        elif isinstance(block, Table):
            words += [str(v) for row in block.rows for v in row.values() if isinstance(v, str)]
    return words


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_claim_stays_within_what_it_speaks_of(seed):
    for book in books_of(seed):
        for claim in claims_of(book):
            about = (book.diagnostic.name, claim)
            assert claim.count is None or 0 <= claim.count <= claim.population, about
            if claim.money is not None and claim.money_of is not None:
                assert claim.money <= claim.money_of * (1 + 1e-9), about
            assert not claim.singled_out or claim.confidence is Confidence.TESTED, about


@pytest.mark.parametrize("seed", SEEDS)
def test_page_two_and_the_action_plan_never_tell_more_than_there_are(seed):
    for book in books_of(seed):
        report = book.diagnostic.report()
        for words in words_of([*report.summary(book.view), *report.actions(book.view)]):
            assert not re.search(r"\bNone\b(?! of|:)|\bnan\b|[{}]|\binf\b", words), words
            for part, whole in PART.findall(words):
                assert number(part) <= number(whole), (book.diagnostic.name, words)


@pytest.mark.parametrize("seed", SEEDS)
def test_page_two_tells_the_claims_and_nothing_else(seed):
    for book in books_of(seed):
        result, report = book.view.result, book.diagnostic.report()
        blocks = list(report.summary(book.view))
        tiles = sum(len(b.tiles) for b in blocks if isinstance(b, Tiles))
        bullets = sum(len(b.items) for b in blocks if isinstance(b, Bullets))
        # without sales the summary shows the figures of the report that it begins with
        assert tiles == len(result.tiles[:4]) or (book.diagnostic.joins and not result.tiles)
        assert bullets == len(result.findings[:3])
        assert not {c.id for c in result.findings} & {r.id for r in result.refused_findings}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_result_file_keeps_to_its_populations(seed):
    customers, files = len(customers_of(seed)), {}
    for book in books_of(seed):
        files[book.diagnostic.name] = plain_data(book.view.result)
    if "loyalty" in files:
        loyalty_holds(files["loyalty"], customers)
    if "churn_reasons" in files:
        churn_holds(files["churn_reasons"], customers)
    if "segmentation_matrix" in files:
        matrix_holds(files["segmentation_matrix"], customers)


def loyalty_holds(found, customers):
    complaints = found["complaints"]
    if complaints and complaints["unhappy_estimate"] is not None:
        assert complaints["unhappy_estimate"] <= customers
        assert complaints["silent_estimate"] <= customers - complaints["complaining_customers"]
    kept = found["retention"]
    if kept:
        assert kept["kept"] <= kept["before"] <= customers
    growth = found["earned_growth"]
    if growth and growth["new_recommended"] is not None:
        parts = (growth[k] for k in ("grown", "shrunk", "lost", "new_recommended", "new_other"))
        assert all(part is not None for part in parts)


def churn_holds(found, customers):
    preventable, lost = found["preventable"], found["lost"]["n"]
    if preventable:
        assert preventable["n"] <= preventable["judged"] <= lost
        assert preventable["judged"] + preventable["unjudged"] == lost
    assert all(row["group"] for row in found["by"])
    assert all(row["have"] <= row["of"] for row in found["instruments"] if row["share"] is not None)
    assert all(n is None or n <= customers for n in found["lost_definitions"].values())


def matrix_holds(found, customers):
    parts = found["white_space_parts"]
    if parts:
        cells = [parts[k] for k in ("open", "pipeline", "refused", "lost", "prospects")]
        assert sum(p["cells"] for p in cells) == len(found["white_space"])
        assert all(p["customers"] <= customers for p in cells)
    counts = found["lifecycle_counts"]
    if counts:
        assert sum(counts.values()) == len(found["lifecycle"]) <= customers


@pytest.mark.parametrize("seed", FULL)
def test_chapters_tell_no_part_above_its_whole_and_tables_no_row_more_than_the_file(seed):
    for book in books_of(seed):
        found = plain_data(book.view.result)
        for name, chapter in book.diagnostic.report().chapters.items():
            blocks = list(chapter(book.view))
            for words in words_of(blocks):
                for part, whole in PART.findall(words):
                    assert number(part) <= number(whole), (book.diagnostic.name, name, words)
            for table in (b for b in blocks if isinstance(b, Table)):
                same = found.get(table.name)
                if isinstance(same, list) and table.name in {"white_space", "watch_list", "by"}:
                    assert len(table.rows) <= len(same), table.name


@pytest.mark.parametrize("seed", SEEDS)
def test_every_report_counts_the_same_customers(seed):
    """The ledger's identities hold in what the reports of one engagement tell."""
    found = {book.diagnostic.name: book.view.result for book in books_of(seed)}
    ledger = case_of(seed).inputs.ledger
    counts, rows = ledger.counts, ledger.customers
    assert len(rows) == len(set(rows["customer_id"])) == counts.customers
    assert counts.prospect + counts.lost + counts.active == counts.customers
    churn, matrix = found.get("churn_reasons"), found.get("segmentation_matrix")
    if churn is not None and churn.lost_definitions is not None:
        who = churn.lost_definitions
        assert who.register == counts.registered_loss
        if who.silent is not None:
            assert who.silent == counts.all_silent
            assert who.both + who.silent_not_in_register <= who.silent
    if matrix is not None and matrix.lifecycle_counts is not None:
        assert matrix.lifecycle_counts.lost == counts.lost
        assert matrix.lifecycle_counts.potential == counts.prospect


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_in_the_register_of_losses_is_called_at_risk_by_the_matrix(seed):
    rows = case_of(seed).inputs.ledger.customers
    gone = set(rows.where(rows["state"] == "registered_loss")["customer_id"])
    for book in books_of(seed):
        if book.diagnostic.name == "segmentation_matrix":
            risky = [c for c in book.view.result.findings if c.money_kind is MoneyKind.AT_RISK]
            assert all(not gone & set(claim.customer_ids) for claim in risky)


@pytest.mark.parametrize("seed", SUMMED)
def test_the_summary_counts_each_customer_once(seed):
    result = summary_of(seed).view.result
    ids = result.customers.values("customer_id")
    assert len(ids) == len(set(ids))
    lead = [one.claim for one in result.told[:ON_PAGE_TWO] if one.claim.stake]
    assert not [(a.id, b.id) for a, b in permutations(lead, 2) if inside(a, b)]
    money = result.money
    if money is not None:
        sold = fsum(result.ledger.customers["revenue"].fillna(0.0))
        assert fsum((money.kept, money.at_risk, money.lost)) == pytest.approx(sold, abs=0.01)
        parts = [t.figures["n"] for t in result.tiles if t.id in {"at_risk", "lost"}]
        assert sum(parts) <= money.customers


@pytest.mark.parametrize("seed", SUMMED)
def test_the_summary_tells_no_part_above_its_whole(seed):
    book = summary_of(seed)
    for claim in claims_of(book):
        assert claim.count is None or 0 <= claim.count <= claim.population, claim
    report = book.diagnostic.report()
    for words in words_of([*report.summary(book.view), *report.actions(book.view)]):
        assert not re.search(r"\bNone\b(?! of|:)|\bnan\b|[{}]|\binf\b", words), words
        for part, whole in PART.findall(words):
            assert number(part) <= number(whole), words
