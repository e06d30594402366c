"""Notes of the last period are never printed as this period's."""

import shutil
from pathlib import Path

import pytest

from workbook.batch.services import default_services
from workbook.commands.check import check_engagement
from workbook.commands.check_words import text_lines
from workbook.engagement.engagement_file import earlier_folders
from workbook.engagement.fingerprint import hash_files
from workbook.notebook import open_book

CONFIGURATION = """\
schema_version = 1
id = "acme"
client = "Acme"
language = "{language}"
currency = "EUR"
period = "{year}"
as_of = {year}-12-31
diagnostics = ["loyalty"]
{previous}
"""
PARAGRAPH = "Twenty-seven of forty accounts talked to us; the large ones are those to worry about."
NOTES = f"""---
# answer: a comment is nobody's answer
answer: The large accounts would not recommend Acme
limitation: Few of them answered
---
{PARAGRAPH}

It is a draft.
"""


def survey(year):
    lines = [f"R{n},{year}-11-{n % 28 + 1:02d},{9 if n < 40 else 3}\n" for n in range(60)]
    return "respondent_id,date,score\n" + "".join(lines)


def engagement(home: Path, year: int, *, language="en", previous: str = "") -> Path:
    folder = home / str(year)
    (folder / "data").mkdir(parents=True)
    (folder / "notes").mkdir()
    said = CONFIGURATION.format(
        year=year, language=language, previous=f'previous = "{previous}"' if previous else ""
    )
    (folder / "engagement.toml").write_text(said, "utf-8")
    (folder / "data" / "survey.csv").write_text(survey(year), "utf-8")
    return folder


def write(folder: Path, text: str) -> None:
    (folder / "notes" / "loyalty.md").write_text(text, "utf-8")


@pytest.fixture
def chain(tmp_path: Path) -> Path:
    """Return the last of three periods; the first of them has notes."""
    write(engagement(tmp_path, 2023), NOTES)
    engagement(tmp_path, 2024, previous="../2023")
    return engagement(tmp_path, 2025, previous="../2024")


def told(folder: Path) -> list[tuple[str, int | None]]:
    checked = check_engagement(folder, default_services())
    assert checked.is_good
    return [(p.code, p.place.row) for p in checked.problems if p.place.file.startswith("notes")]


@pytest.mark.parametrize(
    "text",
    [
        NOTES,
        NOTES.upper().replace("ANSWER:", "answer:").replace("LIMITATION:", "limitation:"),
        NOTES.replace("# answer: a comment is nobody's answer\n", "# another comment\n"),
        NOTES.replace("\n\n", "\n\n\n").replace("draft.", "**draft** !"),
    ],
)
def test_notes_of_any_earlier_period_are_not_printed_and_that_is_said(chain, text):
    write(chain, text)
    assert told(chain) == [("notes_repeated", None)]
    book = open_book("loyalty", str(chain))
    assert (book.page, book.page.author) == (book.draft, "")
    assert book.words.commentary(book.figures) == ""


def test_that_notes_are_not_printed_stands_nowhere_in_the_report(chain):
    write(chain, NOTES)
    assert not open_book("loyalty", str(chain)).quality.remarks


def test_stale_notes_stop_no_run_with_figures_and_shapes_that_they_no_longer_have(chain):
    for stale in ("{lost.n} were lost and {nps.nothing} too", "---\nanswer: [1, 2]\n---\n"):
        write(chain, stale)
        write(chain.parent / "2024", stale)
        assert told(chain) == [("notes_repeated", None)]


def test_the_answer_and_paragraphs_of_before_are_asked_about_and_printed(chain):
    write(chain, NOTES.replace("It is a draft.", "This year we rang all of them."))
    assert told(chain) == [("notes_answer_repeated", None), ("notes_paragraph_repeated", 6)]
    assert open_book("loyalty", str(chain)).page.answer == (
        "The large accounts would not recommend Acme"
    )


def test_words_of_this_period_are_printed_without_a_question(chain):
    write(chain, "---\nanswer: The large accounts are back\n---\n\nIt is a draft.\n")
    assert told(chain) == []
    assert open_book("loyalty", str(chain)).page.answer == "The large accounts are back"


def test_comments_alone_are_nobody_s_words(chain):
    only = "---\n# answer: \n---\n"
    write(chain, only)
    write(chain.parent / "2024", only)
    assert told(chain) == []


def test_check_tells_it_without_being_asked_for_more(chain):
    write(chain, NOTES)
    lines = text_lines(check_engagement(chain, default_services()))
    assert any("word for word those of 2023" in text for text in lines)


def test_earlier_notes_and_codings_are_part_of_what_a_report_is_made_from(chain):
    load = default_services().load
    before = hash_files(load(chain)).digest()
    write(chain.parent / "2023", NOTES + "More.")
    after = hash_files(load(chain)).digest()
    assert before != after
    (chain.parent / "2023" / "coding").mkdir()
    (chain.parent / "2023" / "coding" / "loyalty.csv").write_text("answer_id;confirmed\n", "utf-8")
    assert hash_files(load(chain)).digest() != after


def test_a_chain_that_comes_back_to_itself_ends(chain):
    first = chain.parent / "2023" / "engagement.toml"
    first.write_text(first.read_text("utf-8") + 'previous = "../2025"\n', "utf-8")
    folders = earlier_folders(default_services().load(chain))
    assert [folder.name for folder in folders] == ["2024", "2023"]


def test_the_folder_itself_moved_is_no_earlier_period(tmp_path):
    folder = engagement(tmp_path, 2025)
    write(folder, NOTES)
    shutil.copytree(folder, tmp_path / "copy")
    assert told(tmp_path / "copy") == []
