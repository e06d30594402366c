"""The files of a report say the same, hold nothing they should not, and are the same each time."""

import json
import re

import openpyxl
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from workbook.language.catalog import load_texts

TEXTS = load_texts("loyalty", "en", "GBP")
FILES = ("loyalty.html", "loyalty.pdf", "loyalty.xlsx")


@pytest.fixture(scope="module")
def html(rendered):
    return (rendered / "client" / "loyalty.html").read_text("utf-8")


@pytest.fixture(scope="module")
def words(html):
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


@pytest.fixture(scope="module")
def pdf(rendered):
    return PdfReader(rendered / "client" / "loyalty.pdf")


@pytest.fixture(scope="module")
def pdf_words(pdf):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.fixture(scope="module")
def sheets(rendered):
    return openpyxl.load_workbook(rendered / "client" / "loyalty.xlsx")


def sheet(sheets, title):
    """Return the values below the header of the sheet with that title."""
    for name in sheets.sheetnames:
        if sheets[name]["A1"].value == title:
            return [[c.value for c in row] for row in sheets[name].iter_rows()]
    raise AssertionError(f"no sheet with the title {title!r}: {sheets.sheetnames}")


def figures(result):
    """Yield the numbers that every format must show, as the report writes them."""
    nps, criteria = result["nps"], result["criteria"]
    yield TEXTS.write(nps["value"], "points")
    yield TEXTS.write(nps["ci_low"], "points")
    yield TEXTS.write(nps["ci_high"], "points")
    yield TEXTS.write(result["change"]["difference"], "points")
    yield TEXTS.write(result["change"]["p_value"], "p")
    yield TEXTS.write(criteria["existing_sales_share"], "pct1")
    yield TEXTS.write(min(s["mean"] for s in result["satisfaction"]), "dec2")
    yield TEXTS.write(result["weighted"]["revenue"]["value"], "points")
    yield f"{result['complaints']['process_mended']} of {result['complaints']['n']}"


def test_page_and_pdf_show_the_numbers_of_the_result_file(result, words, pdf_words):
    for figure in figures(result):
        assert figure in words
        assert figure in pdf_words


def test_the_appendix_carries_the_numbers_of_the_result_file(result, sheets):
    rows = sheet(sheets, TEXTS("weighted.title"))
    values = [row[2] for row in rows if isinstance(row[2], int | float)]
    assert values == pytest.approx(
        [result["weighted"][by]["value"] for by in ("customer", "account", "revenue")]
    )
    groups = sheet(sheets, TEXTS("groups.table.title"))
    told = {(row[0], row[3]) for row in groups if isinstance(row[3], int | float)}
    known = {(g["group"], g["value"]) for g in result["groups"] if g["value"] is not None}
    assert {(g, round(v, 9)) for g, v in told} == {(g, round(v, 9)) for g, v in known}


def test_every_table_of_the_page_is_a_sheet_of_the_appendix(html, sheets):
    page = BeautifulSoup(html, "html.parser")
    titles = {
        c.get_text().replace("\u00a0", " ") for c in page.select("figure.wb-table > figcaption")
    }
    titles -= {TEXTS("summary.steps")}  # the first rows of the action plan
    told = {str(sheets[name]["A1"].value) for name in sheets.sheetnames}
    assert titles <= {title.replace("\u00a0", " ") for title in told}


def test_the_action_list_says_who_and_when_and_what_is_done_is_left_to_mark(sheets):
    rows = sheet(sheets, TEXTS("actions.title"))
    header = next(r for r in rows if TEXTS("actions.done") in r)
    who, when, done = (header.index(TEXTS(f"actions.{k}")) for k in ("who", "by_when", "done"))
    below = rows[rows.index(header) + 1 :]
    assert below
    assert all(row[who] and row[when] and row[done] is None for row in below)


def test_two_runs_in_different_folders_give_the_same_bytes(rendered, again):
    for name in FILES:
        assert (rendered / "client" / name).read_bytes() == (again / "client" / name).read_bytes()
    first, second = (f / "results" / "loyalty.json" for f in (rendered, again))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.bad_input("E2", "E13", "J6")
def test_the_page_has_no_script_no_request_and_no_handler(html):
    assert "<script" not in html.lower()
    assert not re.search(r"\son\w+\s*=", html)
    without_names = re.sub(r'xmlns(:\w+)?="[^"]*"', "", html)
    assert not re.search(r"(src|href|url\()\s*=?\s*[\"'(]?(https?:)?//", without_names)
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:" in html


def test_the_page_is_one_file_below_a_megabyte(rendered):
    assert (rendered / "client" / "loyalty.html").stat().st_size < 1_000_000


@pytest.mark.bad_input("J3")
def test_nothing_that_is_sent_names_this_machine_or_the_program_inside(rendered, html):
    inside = [html.encode()] + [p.read_bytes() for p in (rendered / "client").iterdir()]
    for content in inside:
        for trace in (b"ipykernel", b"Traceback", b"papermill", str(rendered).encode()):
            assert trace not in content


@pytest.mark.bad_input("J13")
def test_a_draft_is_marked_on_every_page(pdf, html):
    mark = load_texts("report", "en")("report.draft").upper()
    assert all(mark in page.extract_text().upper() for page in pdf.pages)
    assert mark in html.upper()


def test_the_pdf_has_title_language_bookmarks_and_tags(pdf):
    assert pdf.metadata.title
    assert pdf.trailer["/Root"]["/Lang"].startswith("en")
    assert len(pdf.outline) > 5
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_manifest_lists_what_was_read_and_made_with_sizes_and_seconds(rendered):
    manifest = json.loads((rendered / "manifest.json").read_text("utf-8"))
    made = {m["file"]: m["bytes"] for m in manifest["diagnostics"]["loyalty"]["made"]}
    for name in FILES:
        assert made[f"client/{name}"] == (rendered / "client" / name).stat().st_size
    seconds = manifest["diagnostics"]["loyalty"]["seconds"]
    assert {"notebook", "html", "pdf", "xlsx", "json"} <= set(seconds)
    assert {"file", "sha256"} <= set(manifest["inputs"][0])


@pytest.mark.bad_input("J4")
def test_the_internal_folder_has_the_notebook_the_log_and_the_coding_sheet(rendered):
    internal = rendered / "internal"
    assert (internal / "loyalty.ipynb").is_file()
    assert (internal / "coding_loyalty.xlsx").is_file()


def test_the_answers_of_the_sample_that_look_like_markup_are_text(rendered, html):
    page = BeautifulSoup(html, "html.parser")
    assert page.find("script") is None
    assert page.find("b") is None


def test_small_segments_are_hidden_in_every_format(result, words, sheets):
    hidden = [g for g in result["groups"] if g["suppressed"]]
    assert hidden
    assert all(g["n"] is None and g["value"] is None for g in hidden)
    assert TEXTS("groups.hidden", n=len(hidden), threshold=5) in words
    for row in sheet(sheets, TEXTS("groups.table.title")):
        if row[5] == TEXTS("groups.suppressed"):
            assert row[2] is None
            assert row[3] is None
