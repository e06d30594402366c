"""The last action plan with its marks: read in every language, refused with one clear problem."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from workbook.diagnostics.summary.earlier_actions import EarlierAction, plan_counts
from workbook.diagnostics.summary.sources.actions_file import FILE, read_actions
from workbook.engagement.data import _own_files
from workbook.engagement.fingerprint import FileHashes, fingerprint
from workbook.intake.files.own_files import own_file_problems
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.language.problems import line

HEADINGS = ("what", "who", "by_when", "effect", "metric", "done")


def written(folder: Path, rows, *, language="en", above=3, before=(), headings=HEADINGS):
    """Write a plan as the appendix has it: ``above`` lines before the headings, other sheets."""
    texts = load_texts("summary", language)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in before:
        book.create_sheet(name).append(["Segment", "Customers"])
    sheet = book.create_sheet("plan")
    for _ in range(above):
        sheet.append(["Action plan"])
    sheet.append([texts(f"actions.{name}") for name in headings])
    for row in rows:
        sheet.append(row)
    (folder / "notes").mkdir(exist_ok=True)
    book.save(folder / FILE)


STEP = ["Call the critics", "Head of sales", date(2026, 1, 31), "They stay", "Calls"]


@pytest.mark.parametrize(
    ("language", "yes", "no"), [("en", "yes", "No"), ("ru", "да", "НЕТ"), ("sk", "áno", "nie")]
)
def test_marks_of_three_languages(tmp_path, language, yes, no):
    rows = [[*STEP, yes], ["Mend it", "", "soon", "", "", no], ["Look", "", None, "", "", None]]
    written(tmp_path, rows, language=language, before=["money", "customers"])
    read = read_actions(tmp_path)
    assert read.problems == ()
    assert read.actions == (
        EarlierAction(
            what="Call the critics", who="Head of sales", by_when=date(2026, 1, 31),
            effect="They stay", metric="Calls", done=True,
        ),
        EarlierAction(what="Mend it", by_when="soon", done=False),
        EarlierAction(what="Look", done=None),
    )  # fmt: skip
    assert [one.is_open for one in read.actions] == [False, True, True]


def test_a_plan_saved_by_itself_may_begin_with_its_headings(tmp_path):
    written(tmp_path, [["Call", "yes"]], above=0, headings=("what", "done"))
    assert read_actions(tmp_path).actions == (EarlierAction(what="Call", done=True),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_is_carried_over_once_in_words(tmp_path, language):
    carried = load_texts("summary", language)("earlier.carried", what="Call")
    written(tmp_path, [[carried, "", "", "", "", "no"]])
    assert [one.what for one in read_actions(tmp_path).actions] == ["Call"]


def test_without_the_file_there_is_no_plan(tmp_path):
    assert read_actions(tmp_path).actions == ()
    assert read_actions(tmp_path).problems == ()
    assert plan_counts(()) is None


def only(read):
    assert len(read.problems) == 1
    for language in LANGUAGES:  # each has a sentence of its own
        assert line(read.problems[0], language)
    return read.problems[0]


def test_a_book_without_a_plan_is_refused_in_one_sentence(tmp_path):
    written(tmp_path, [], headings=("what", "who"))
    found = only(read_actions(tmp_path, language="sk"))
    assert (found.code, found.is_error) == ("actions_no_sheet", True)
    assert "Splnené" in line(found, "sk")


def test_a_mark_that_is_neither_yes_nor_no_is_told_with_its_row(tmp_path):
    rows = [[*STEP, "yes"], [*STEP, "half"], [*STEP, "perhaps"]]
    written(tmp_path, rows)
    found = only(read_actions(tmp_path))
    assert (found.code, found.found, found.facts["count"]) == ("actions_done_unknown", "half", 2)
    assert found.place.row == 6
    assert read_actions(tmp_path).actions[1].done is None


def test_a_plan_without_marks_is_carried_over_with_a_warning(tmp_path):
    written(tmp_path, [[*STEP, None]])
    found = only(read_actions(tmp_path))
    assert (found.code, found.is_error) == ("actions_not_marked", False)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"what;done\nCall;yes\n", "workbook_damaged"), (b"", "file_empty"), (b"PK\x03\x04", None)],
)
def test_a_file_that_is_no_workbook_is_one_problem(tmp_path, content, code):
    (tmp_path / "notes").mkdir()
    (tmp_path / FILE).write_bytes(content)
    found = only(read_actions(tmp_path))
    assert found.is_error
    assert code in (None, found.code)


def test_a_link_is_not_followed(tmp_path):
    target = tmp_path / "other.xlsx"
    target.write_bytes(b"PK")
    (tmp_path / "notes").mkdir()
    (tmp_path / FILE).symlink_to(target)
    assert only(read_actions(tmp_path)).code == "file_is_link"


def test_words_are_shown_as_reports_show_them(tmp_path):
    written(tmp_path, [["Call Anna", "Anna", "", "", "", "no"]])
    (found,) = read_actions(tmp_path, lambda text: text.replace("Anna", "•••")).actions
    assert (found.what, found.who) == ("Call •••", "•••")


def test_what_is_no_formula_stays_text(tmp_path):
    """Text of a file is text: what looks like a formula or a tag is kept as it is."""
    written(tmp_path, [["<b>Call</b> & ring", "", "", "", "", "no"]])
    assert read_actions(tmp_path).actions[0].what == "<b>Call</b> & ring"


def test_check_expects_the_file_among_the_notes(tmp_path):
    written(tmp_path, [[*STEP, "yes"]])
    assert own_file_problems(tmp_path, _own_files()) == []


def test_the_file_counts_for_the_summary_and_for_no_other_report(tmp_path):
    def made(hash_, *, diagnostic, joins):
        files = FileHashes(
            configuration="", brand="", data={}, notes={"actions.xlsx": hash_}, coding={},
            previous={},
        )  # fmt: skip
        return fingerprint(
            files, diagnostic=diagnostic, tables=("sales",), notebook=tmp_path, joins=joins
        )

    assert made("a", diagnostic="summary", joins=True) != made(
        "b", diagnostic="summary", joins=True
    )
    assert made("a", diagnostic="loyalty", joins=False) == made(
        "b", diagnostic="loyalty", joins=False
    )
