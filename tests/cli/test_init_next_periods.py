"""The next period begins in three steps: init, drop the files in, run."""

import re
import shutil
import tomllib
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from tests.periods.next_periods import SAMPLES, northbridge
from workbook.batch.services import action_plan, default_services
from workbook.commands.check import check_engagement
from workbook.commands.cli import cli
from workbook.commands.init_next import init_next
from workbook.diagnostics.summary.sources.actions_file import FILE, read_actions
from workbook.engagement.draft_file import next_notes_text, notes_text
from workbook.errors import UsageError
from workbook.language.languages import LANGUAGES
from workbook.notebook import open_book
from workbook.report.front_matter import read_front
from workbook.report.notes import parted

CONFIGURATION = """\
schema_version = 1
id = "acme"
client = "Acme"
language = "{language}"
currency = "EUR"
period = "2025-Q4"
as_of = 2025-12-31
status = "final"
previous_of_other_client = true
previous_rate = 1.5
[params.loyalty]
min_n = 20
[intake.sales]
files = "Sales 12.2025.csv"
drop_rows = [12]
where = {{ Year = 2025 }}
[intake.sales.columns]
date = {{ value = "2025-12-31" }}
[intake.survey.columns]
wave = {{ value = "2025-Q4" }}
"""
FRONT = """---
# answer: a draft
answer: >
  Acme's critics are its
  largest accounts
limitation: "Few: 27"
---
"""
COMMENTARY = "What we heard in the interviews.\n"


@pytest.fixture
def previous(tmp_path: Path) -> Path:
    return folder_of(tmp_path, "en")


def folder_of(home: Path, language: str) -> Path:
    folder = home / "acme-2025-q4"
    for name in ("data", "notes", "coding", "presets", "questionnaires"):
        (folder / name).mkdir(parents=True)
    texts = {
        "engagement.toml": CONFIGURATION.format(language=language),
        "data/survey.csv": "respondent_id,date,score\n1,2025-11-01,9\n",
        "data/Sales 12.2025.csv": "date,customer_id,amount\n2025-11-01,A,100\n",
        "notes/loyalty.md": FRONT + COMMENTARY,
        "coding/loyalty.csv": "answer_id;text;confirmed\n1/reason;Late;delivery\n",
        "coding/code_frame.yaml": "# frame\n",
        "aliases.csv": "kind,old,new\n",
        "reasons.yaml": "# reasons\n",
        "presets/own.toml": "# preset\n",
        "questionnaires/own.yaml": "# questionnaire\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def made(previous: Path, plan=lambda engagement: b"", **said: str) -> tuple[Path, list[str]]:
    folder = previous.parent / "next"
    load = default_services().load
    return folder, init_next(folder, previous, load=load, plan=plan, said=said)


def test_what_holds_is_carried_and_the_rest_stays(previous):
    folder, _ = made(previous)
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert there >= {
        "aliases.csv", "reasons.yaml", "presets/own.toml", "questionnaires/own.yaml",
        "coding/code_frame.yaml",
    }  # fmt: skip
    assert "coding/loyalty.csv" not in there  # it is read where it lies, by the text
    assert list((folder / "data").iterdir()) == []


def test_settings_are_those_of_the_next_period(previous):
    folder, _ = made(previous)
    said = tomllib.loads((folder / "engagement.toml").read_text("utf-8"))
    assert (said["period"], said["status"], said["previous"]) == (
        "2026-Q1", "draft", "../acme-2025-q4",
    )  # fmt: skip
    assert said["params"] == {"loyalty": {"min_n": 20}}
    assert said["intake"]["sales"]["files"] == "Sales *.csv"
    assert said["intake"]["sales"]["columns"]["date"] == {"value": "2026-03-31"}
    assert said["intake"]["survey"]["columns"]["wave"] == {"value": "2026-Q1"}
    assert not {"previous_of_other_client", "previous_rate"} & said.keys()


def test_the_steps_name_what_is_of_the_old_data_and_the_files_that_are_expected(previous):
    told = "\n".join(made(previous)[1])
    assert "intake.sales.drop_rows = [12]" in told
    assert "intake.sales.where = {Year = 2025}" in told
    assert "sales: Sales *.csv" in told
    assert "survey: survey.csv" in told
    assert re.search(r"\d\. run: workbook check", told)
    assert "open answers worded as in 2025-Q4 are coded already" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_page_two_stands_in_the_notes_as_comments(tmp_path, language):
    folder, _ = made(folder_of(tmp_path, language))
    text = (folder / "notes" / "loyalty.md").read_text("utf-8")
    notes = parted("notes/loyalty.md", text)
    assert read_front(notes.front, notes.name).front is None
    assert notes.body.strip() == ""
    assert '# limitation: "Few: 27"\n' in text
    assert "2025-Q4" in text
    assert "a draft" not in text
    assert COMMENTARY.strip() not in text
    assert (folder / "notes" / "churn_reasons.md").read_text("utf-8") == notes_text(language)


def test_comments_that_are_uncommented_are_the_last_page_two(previous):
    folder, _ = made(previous)
    text = (folder / "notes" / "loyalty.md").read_text("utf-8")
    kept = text[text.index("# answer: >") : text.index("# Figures") - 3]
    front = read_front(re.sub(r"(?m)^# ?", "", kept), "notes/loyalty.md").front
    assert front is not None
    assert front.answer == "Acme's critics are its largest accounts"


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\r", "\x0b", "\x0c", "\u0000"])
def test_no_character_ends_a_comment(end):
    front = f'answer: "one{end}limitation: two"\n'
    text = next_notes_text("en", period="2025", front=front)
    notes = parted("notes/loyalty.md", text)
    read = read_front(notes.front, notes.name)
    assert (read.front, read.problems) == (None, ())


def test_a_plan_that_cannot_be_made_is_told_and_stops_nothing(previous):
    def broken(engagement):
        raise ZeroDivisionError

    folder, told = made(previous, broken)
    assert (folder / "engagement.toml").is_file()
    assert any("could not be made (ZeroDivisionError)" in line for line in told)
    shutil.rmtree(folder)
    (previous / "data" / "survey.csv").write_text("respondent_id,score\n1,99\n", "utf-8")
    folder, told = made(previous, action_plan)
    assert any("has errors" in line for line in told)
    assert not (folder / FILE).exists()


def test_a_period_that_is_not_later_is_refused(previous):
    with pytest.raises(UsageError, match="say a later period"):
        made(previous, period="2025-Q3")


def test_the_key_of_pseudonyms_goes_along(previous):
    path = previous / "engagement.toml"
    path.write_text("anonymise = true\n" + path.read_text("utf-8"), "utf-8")
    default_services().load(previous)
    folder, _ = made(previous)
    key = folder / ".anonymise.key"
    assert key.read_bytes() == (previous / ".anonymise.key").read_bytes()
    assert key.stat().st_mode & 0o077 == 0


def mark(folder: Path, *marks: str) -> list[str]:
    """Mark the first steps of the plan; return all steps."""
    book = openpyxl.load_workbook(folder / FILE)
    sheet = book.worksheets[-1]
    head = next(n for n, r in enumerate(sheet.iter_rows(values_only=True), 1) if len(set(r)) > 5)
    for row, text in enumerate(marks, head + 1):
        sheet.cell(row, 6).value = text
    book.save(folder / FILE)
    return [action.what for action in read_actions(folder).actions]


@pytest.mark.parametrize(
    ("sample", "yes", "no"),
    [("northbridge", "yes", "no"), ("tatra-servis", "áno", "nie"), ("ural-tekhnika", "да", "нет")],
)
def test_the_plan_of_a_sample_is_made_marked_and_read_back(tmp_path, sample, yes, no):
    content = action_plan(default_services().load(SAMPLES / sample))
    (tmp_path / "notes").mkdir()
    (tmp_path / FILE).write_bytes(content)
    assert len(mark(tmp_path, yes, no)) > 3
    read = read_actions(tmp_path)
    assert read.problems == ()
    assert [action.done for action in read.actions][:3] == [True, False, None]


@pytest.fixture(scope="module")
def next_of_northbridge(tmp_path_factory):
    """Return the folder of 2026 as a consultant makes it: init, the files, a few marks."""
    root = tmp_path_factory.mktemp("nb")
    data = northbridge(root) / "data"
    folder = root / "next"
    done = CliRunner().invoke(cli, ["init", str(folder), "--from", str(root / "nb-2025")])
    assert done.exit_code == 0, done.output
    shutil.copytree(data, folder / "data", dirs_exist_ok=True)
    return folder


def test_three_steps_and_no_trap(next_of_northbridge):
    checked = check_engagement(next_of_northbridge, default_services())
    assert checked.is_good
    assert [p.code for p in checked.problems if p.place.file.startswith("notes")] == [
        "actions_not_marked"
    ]


def test_actions_are_followed_up_over_two_periods(next_of_northbridge):
    folder = next_of_northbridge
    steps = mark(folder, "yes", "no", "Yes")
    book = open_book("summary", str(folder))
    counts = book.view.result.earlier_counts
    assert (counts.steps, counts.done, counts.not_done) == (len(steps), 2, 1)
    planned = [step.what for step in book.page.plan]
    assert f"Carried over: {steps[1]}" in planned
    assert f"Carried over: {steps[0]}" not in planned
    later = folder.parent / "later"
    done = CliRunner().invoke(cli, ["init", str(later), "--from", str(folder)])
    assert done.exit_code == 0, done.output
    again = [action.what for action in read_actions(later).actions]
    assert steps[1] in again
    assert not {steps[0], steps[2]} & {
        step.what for step in book.page.plan if step.what.startswith("Carried")
    }
    assert all(not what.startswith("Carried over") for what in again)
