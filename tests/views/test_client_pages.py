"""What a client never reads: names of our files, options and commands, rows of files."""

import re
from dataclasses import fields

from shown import drawn, sentences

from workbook.diagnostics import all_diagnostics
from workbook.errors import Location, Problem
from workbook.language.problems import page_line
from workbook.report.frame import data_quality
from workbook.report.table import Table

OPTIONS = {f.name for d in all_diagnostics() for f in fields(d.params) if "_" in f.name}
OURS = re.compile(
    r"engagement\.toml|reasons\.yaml|\bworkbook (run|check|map|base|init)\b|\[intake|\[params"
    r"|\bdata/|\bnotes/|\bskip_rows\b|anonymity_threshold"
    r"|\b(rows?|строк[аи]|riadky?) \d"
)


def own_name(text):
    """Return a name of ours in a text; empty without one."""
    option = next((o for o in OPTIONS if re.search(rf"\b{o}\b", text)), "")
    found = OURS.search(text)
    return option or (found.group() if found else "")


def cells(table):
    """Return the words of a table as the page shows them."""
    return re.sub(r"<[^>]+>", "\n", table.html()).split("\n")


def test_no_page_of_a_sample_names_our_files_options_commands_or_rows(any_book):
    blocks = [*drawn(any_book), *data_quality(any_book.view.texts, any_book.quality)]
    tables = [b for b in blocks if isinstance(b, Table)]
    words = [*sentences(blocks), *(cell for t in tables for cell in cells(t))]
    assert not {text: own_name(text) for text in words if own_name(text)}


def test_names_of_ours_are_seen():
    assert own_name("register_since = 2025-01-20") == "register_since"
    assert own_name("Fix: set skip_rows in [intake].")
    assert own_name("data/survey.xlsx, row 3: lines above the header")
    assert not own_name("Survey: identical rows are counted once; left out: 4.")


def test_what_needs_nothing_done_is_no_remark_to_a_client():
    place = Location(file="data/survey.csv", row=3)
    assert page_line(Problem(code="title_lines", place=place, facts={"lines": 1}), "en") == ""


def test_what_changes_a_figure_is_told_without_file_and_row():
    facts = {"count": 4, "rows": "701, 822"}
    problem = Problem(
        code="identical_rows", place=Location(file="data/a.csv", row=701), facts=facts
    )
    assert page_line(problem, "en") == "identical rows are counted once; left out: 4."


def test_the_full_remark_is_kept_for_the_consultant(any_book):
    assert len(any_book.quality.log) >= len(any_book.quality.remarks)
