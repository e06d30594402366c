"""Page 2 decides, in three languages, whatever the tables: a sentence, steps with role and date."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from workbook.language.catalog import LANGUAGES, load_texts
from workbook.notebook import open_book

ROOT = Path(__file__).resolve().parents[2] / "workbook" / "diagnostics"
DECIDING = ("segmentation_matrix", "controllability", "financial_quartiles")
TOML = """schema_version = 1
id = "case"
client = "Client Ltd"
language = "{language}"
currency = "GBP"
period = "2025"
as_of = 2025-12-31
status = "draft"
"""
NEVER_TOLD = {"standing"}
"""What is only ever refused."""
PARTS = ("text", "action", "owner", "effect", "metric")
CUSTOMERS = ["customer_id,segment,name", "A,S,Firm A", "B,S,Firm B", "C,T,Firm C"]
SALES = "customer_id,date,amount,product"
OFFERS = "customer_id,product,date,status,stage,due_date,amount"
ANSWERS = "respondent,level,item,mark"
STATEMENTS = "organisation,year,line,value,prior_value"
MONTHS = [f"2024-{m:02}-10" for m in range(1, 13)]
CASES = {
    "no sales": (
        "segmentation_matrix",
        {"customers": CUSTOMERS, "targets": ["segment,P", "S,target"]},
    ),
    "all lost": (
        "segmentation_matrix",
        {"sales": [SALES, *(f"{c},{day},100,P" for c in "ABC" for day in MONTHS)]},
    ),
    "one customer": (
        "segmentation_matrix",
        {"sales": [SALES, *(f"A,{day},100,P" for day in MONTHS), "A,2025-12-01,50,P"]},
    ),
    "offers only": (
        "segmentation_matrix",
        {"offers": [OFFERS, "A,P,2025-11-01,open,proposal,2025-12-01,100"]},
    ),
    "amounts of zero": (
        "segmentation_matrix",
        {
            "sales": [SALES, *(f"{c},{day},0,P" for c in "ABC" for day in MONTHS)],
            "offers": [OFFERS, "A,P,2025-11-01,open,proposal,2025-12-01,0"],
        },
    ),
    "one respondent": (
        "controllability",
        {"answers": [ANSWERS, *(f"A,line,1.{k},-" for k in range(1, 14))]},
    ),
    "one organisation": (
        "financial_quartiles",
        {"statements": [STATEMENTS, "Acme,2024,1600,100,90", "Acme,2024,2110,50,60"]},
    ),
    "a statement of zeros": (
        "financial_quartiles",
        {"statements": [STATEMENTS, *(f"Acme,2024,{k},0,0" for k in (1200, 1600, 2110, 2400))]},
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_page_two_holds_on_poor_tables(tmp_path, case, language):
    name, tables = CASES[case]
    (tmp_path / "data").mkdir()
    (tmp_path / "engagement.toml").write_text(TOML.format(language=language), "utf-8")
    for table, lines in tables.items():
        (tmp_path / "data" / f"{table}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    book = open_book(name, str(tmp_path))
    page = book.diagnostic.report().page_two(book.view)
    assert page.answer
    told = [page.answer, *page.lead, page.limitation]
    for found in page.findings:
        told.append(found.text)
        if found.step is not None:
            told += [found.step.what, found.step.who, found.step.effect, found.step.metric]
            assert found.step.who
            assert isinstance(found.step.by_when, date)
    for sentence in told:
        assert "None" not in sentence
        assert "nan" not in re.findall(r"\w+", sentence)
        assert "{" not in sentence
        assert "  " not in sentence
    assert not page.answer.endswith(".")


def named_in_code(name):
    """Yield the ids of claims that the modules of a diagnostic write out."""
    for path in (ROOT / name).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Claim":
                for keyword in node.keywords:
                    if keyword.arg == "id":
                        yield from plain_words(keyword.value)


def plain_words(node):
    """Yield the texts of an expression that are no pieces of another text."""
    if isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from plain_words(node.body)
        yield from plain_words(node.orelse)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DECIDING)
def test_every_claim_that_the_code_can_make_has_its_words(name, language):
    keys = set(load_texts(name, language)._entries)
    findings = {key.split(".")[1] for key in keys if key.startswith("findings.")}
    for one in findings:
        assert {f"findings.{one}.{part}" for part in PARTS} <= keys, one
    top = {key.split(".")[1] for key in keys if key.split(".")[0] in ("head", "tiles")}
    assert set(named_in_code(name)) - NEVER_TOLD <= findings | top


@pytest.mark.parametrize("name", DECIDING)
def test_findings_heads_and_limitations_are_the_same_in_every_language(name):
    def keys(language):
        known = load_texts(name, language)._entries
        parts = ("findings", "head", "lead", "limitations", "decide", "fix", "owners", "stakes")
        return {key for key in known if key.split(".")[0] in parts}

    assert keys("en") == keys("ru") == keys("sk")


def test_every_check_of_the_records_has_a_step_and_an_owner():
    from workbook.diagnostics.controllability.contradictions import RULES

    texts = load_texts("controllability", "en")
    for rule in RULES:
        assert f"fix.{rule.check}" in texts
        assert f"owners.{rule.check}" in texts


def test_every_problem_of_the_accounts_can_be_decided_on():
    texts = load_texts("financial_quartiles", "en")
    keys = {key.split(".")[1] for key in texts._entries if key.startswith("findings.")}
    good = {"risen", "out_of_loss", "profit_rose", "revenue_rose", "strong", "rounding"}
    for one in keys - good:
        assert f"decide.{one}" in texts, one
