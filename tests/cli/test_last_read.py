"""What was found is told again without reading, for as long as nothing has changed."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from workbook.batch.outcome import Status
from workbook.batch.prepared_engagement import RunOptions
from workbook.commands.check import check_engagement
from workbook.engagement import last_read
from workbook.engagement.last_read import LastRead, recall, remember
from workbook.errors import Location, Problem, Severity

from .conftest import run_engagement

BAD = (9, 11, 11)


def same(checked):
    """Return what the command tells of it."""
    return (checked.problems, checked.diagnostics, dict(checked.lacking), checked.exit_code)


@pytest.fixture
def made(fake, make_engagement, out):
    """Return an engagement with reports."""
    folder = make_engagement()
    run_engagement(folder, RunOptions(out=out), fake.build())
    fake.reads.clear()
    return folder


def test_a_second_check_reads_nothing_and_tells_the_same(fake, made, out):
    first = check_engagement(made, fake.build(), out)
    assert len(fake.reads) == 1
    assert same(check_engagement(made, fake.build(), out)) == same(first)
    assert same(check_engagement(made, fake.build())) == same(first)
    assert len(fake.reads) == 2


def test_what_is_bad_is_told_again_in_full(fake, made, out):
    data = made / "data" / "survey.csv"
    data.write_text(data.read_text("utf-8") + "x,11\n", "utf-8")
    first = check_engagement(made, fake.build(), out)
    assert not first.is_good
    assert same(check_engagement(made, fake.build(), out)) == same(first)
    assert len(fake.reads) == 1


def another_language(folder: Path) -> None:
    file = folder / "engagement.toml"
    file.write_text(file.read_text("utf-8").replace("'en'", "'sk'"), "utf-8")


def a_changed_cell(folder: Path) -> None:
    file = folder / "data" / "survey.csv"
    file.write_text(file.read_text("utf-8").replace("9", "8", 1), "utf-8")


def a_new_file(folder: Path) -> None:
    (folder / "data" / "more.csv").write_text("a,b\n1,2\n", "utf-8")


def a_file_beside_the_data(folder: Path) -> None:
    (folder / "survey.csv").write_text("a,b\n1,2\n", "utf-8")


def notes(folder: Path) -> None:
    (folder / "notes").mkdir(exist_ok=True)
    (folder / "notes" / "loyalty.md").write_text("new", "utf-8")


@pytest.mark.parametrize(
    "change",
    [another_language, a_changed_cell, a_new_file, a_file_beside_the_data, notes],
    ids=lambda change: change.__name__,
)
def test_any_change_makes_it_be_read_anew(change, fake, made, out):
    check_engagement(made, fake.build(), out)
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    change(made)
    assert before != {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    check_engagement(made, fake.build(), out)
    assert len(fake.reads) == 2


def test_another_program_reads_anew(fake, made, out, monkeypatch):
    check_engagement(made, fake.build(), out)
    monkeypatch.setattr(last_read, "program_hash", lambda: "another")
    check_engagement(made, fake.build(), out)
    assert len(fake.reads) == 2


def test_a_check_makes_no_folder_of_output(fake, make_engagement, out):
    folder = make_engagement()
    check_engagement(folder, fake.build(), out)
    assert not out.exists()
    assert sorted(p.name for p in folder.iterdir()) == ["data", "engagement.toml"]


def test_what_one_client_has_is_kept_with_its_own_reports_for_this_user(
    fake, made, make_engagement, out
):
    other = make_engagement("other", id="other")
    run_engagement(other, RunOptions(out=out), fake.build())
    check_engagement(made, fake.build(), out)
    kept = out / "acme" / "2025-Q4" / "internal" / "last_read.json"
    if os.name == "posix":
        assert kept.stat().st_mode & 0o077 == 0
    assert [p.relative_to(out).parts[0] for p in out.rglob("last_read.json")] == ["acme"]
    theirs = out / "other" / "2025-Q4" / "internal" / "last_read.json"
    theirs.write_bytes(kept.read_bytes())
    fake.reads.clear()
    check_engagement(other, fake.build(), out)
    assert len(fake.reads) == 1


def test_bad_input_is_not_read_again_by_the_next_run(fake, make_engagement, out):
    folder = make_engagement(scores=BAD)
    first = run_engagement(folder, RunOptions(out=out), fake.build())
    again = run_engagement(folder, RunOptions(out=out), fake.build())
    assert first.stopped is again.stopped is Status.BAD_INPUT
    assert first.problems == again.problems
    assert len(fake.reads) == 1
    run_engagement(folder, RunOptions(out=out, force=True), fake.build())
    assert len(fake.reads) == 2


def test_bad_input_that_was_mended_is_read(fake, make_engagement, out):
    folder = make_engagement(scores=BAD)
    run_engagement(folder, RunOptions(out=out), fake.build())
    file = folder / "data" / "survey.csv"
    file.write_text(file.read_text("utf-8").replace("11", "10"), "utf-8")
    assert run_engagement(folder, RunOptions(out=out), fake.build()).stopped is None


def test_an_engagement_that_is_passed_over_is_read_once(fake, make_engagement, out):
    from .conftest import diagnostic

    fake.diagnostics = (diagnostic("loyalty"), diagnostic("churn_reasons", needs_any=("other",)))
    folder = make_engagement()
    options = RunOptions(out=out, only=("churn_reasons",), lenient=True)
    first = run_engagement(folder, options, fake.build())
    again = run_engagement(folder, options, fake.build())
    assert (first.reports, first.stopped) == (again.reports, again.stopped) == ((), None)
    assert first.problems == again.problems
    assert len(fake.reads) == 1
    run_engagement(folder, RunOptions(out=out), fake.build())
    assert len(fake.reads) == 2


FACTS = {"low": 0, "share": 0.1, "day": date(2025, 1, 2), "file": Path("a"), "of": ("a", 1),
         "list": ["b", None], "yes": True}  # fmt: skip


def test_every_kind_of_fact_is_told_again_as_it_was(tmp_path):
    place = Location(file="data/ž.csv", row=3, column="C")
    problem = Problem(code="x", place=place, found="Жук", facts=FACTS, severity=Severity.WARNING)
    found = LastRead(problems=(problem,), diagnostics=("a",), lacking={"b": ("c", "d")})
    remember(tmp_path / "kept.json", "check", "1", found)
    assert recall(tmp_path / "kept.json", "check", "1") == found
    assert recall(tmp_path / "kept.json", "check", "2") is None
    assert recall(tmp_path / "kept.json", "run", "1") is None


@pytest.mark.parametrize("fact", [{"a": 1}, {1}, float("nan"), b"x"])
def test_what_cannot_be_told_again_word_for_word_is_not_kept(tmp_path, fact):
    found = LastRead(problems=(Problem(code="x", facts={"fact": fact}),))
    remember(tmp_path / "kept.json", "check", "1", found)
    assert recall(tmp_path / "kept.json", "check", "1") is None


@pytest.mark.parametrize("content", [b"", b"[]", b'{"check": 1}', b'{"check": {"key": "1"}}'])
def test_a_note_that_is_not_understood_is_none(tmp_path, content):
    (tmp_path / "kept.json").write_bytes(content)
    assert recall(tmp_path / "kept.json", "check", "1") is None
    remember(tmp_path / "kept.json", "check", "1", LastRead(problems=()))
    assert json.loads((tmp_path / "kept.json").read_bytes())["check"]["key"] == "1"
