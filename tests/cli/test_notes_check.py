"""What ``check`` says of notes, ``run`` says too; doubts reach the consultant and nobody else."""

from dataclasses import replace
from pathlib import Path

import pytest

from workbook.batch.notes_judge import judge_notes
from workbook.batch.services import default_services
from workbook.batch.started_ahead import Ahead
from workbook.batch.tasks import ReadTask
from workbook.commands.check import check_engagement
from workbook.errors import InputError
from workbook.notebook import open_book

CONFIGURATION = """\
schema_version = 1
id = "acme"
client = "Acme"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
diagnostics = ["loyalty"]
[brand]
author = "Helen Marsh"
"""
SURVEY = "respondent_id,date,score\n" + "".join(
    f"R{n},2025-11-{n % 28 + 1:02d},{9 if n < 40 else 3}\n" for n in range(60)
)
GOOD = """---
answer: By heads NPS is {nps.value}
recommendation:
  - {what: Ring all, who: Sales director, by_when: 2026-02-01, effect: Heard}
---
Of {nps.n} answers {nps.promoters} were good.
"""
BAD = "---\nanswer: NPS {nps.valeu}\n---\n{nps.worst_low} and {lost.n}\n"


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    (folder / "data").mkdir(parents=True)
    (folder / "notes").mkdir()
    (folder / "engagement.toml").write_text(CONFIGURATION, "utf-8")
    (folder / "data" / "survey.csv").write_text(SURVEY, "utf-8")
    return folder


def found(folder: Path) -> list[tuple[str, int | None]]:
    checked = check_engagement(folder, default_services())
    assert not checked.failure
    return [(p.code, p.place.row) for p in checked.problems if p.place.file.startswith("notes")]


def test_page_two_of_the_book_is_the_consultants(acme: Path) -> None:
    (acme / "notes" / "loyalty.md").write_text(GOOD)
    assert found(acme) == []
    book = open_book("loyalty", str(acme))
    assert book.page.answer == "By heads NPS is +33.3"
    assert book.page.author == "Helen Marsh"
    assert [step.what for step in book.page.plan] == ["Ring all"]
    assert book.words.commentary(book.figures) == "<p>Of 60 answers 40 were good.</p>"
    assert book.draft.answer != book.page.answer


def test_check_refuses_every_figure_that_the_report_would_refuse(acme: Path) -> None:
    (acme / "notes" / "loyalty.md").write_text(BAD)
    told = [("figure_unknown", 2), ("figure_no_value", 4), ("figure_unknown", 4)]
    assert found(acme) == told
    with pytest.raises(InputError) as refused:
        open_book("loyalty", str(acme))
    assert [(p.code, p.place.row) for p in refused.value.problems] == told


def test_a_run_reads_nothing_into_a_report_that_its_notes_would_stop(
    acme: Path, tmp_path: Path
) -> None:
    (acme / "notes" / "loyalty.md").write_text(BAD)
    services = default_services()
    kept = tmp_path / "kept"
    reading = services.read(ReadTask(engagement=services.load(acme), keep=kept))
    assert any(p.is_error for p in reading.problems)
    assert not kept.exists()


def test_doubts_are_in_the_manifest_and_on_no_page(acme: Path) -> None:
    (acme / "notes" / "loyalty.md").write_text("NPS 12 is what they said.\n")
    assert found(acme) == [("notes_number_differs", 1)]
    services = default_services()
    reading = services.read(ReadTask(engagement=services.load(acme), keep=None))
    assert [p.code for p in reading.of_diagnostic["loyalty"]][-1:] == ["notes_number_differs"]
    quality = open_book("loyalty", str(acme)).quality
    assert "NPS" not in " ".join(remark.text for remark in quality.remarks)


def test_nothing_is_computed_for_notes_that_need_no_result(
    acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook.notebook.book_of", lambda *_: pytest.fail("computed"))
    from workbook.diagnostics import outlines
    from workbook.engagement.data import open_engagement

    (acme / "notes" / "loyalty.md").write_text("1. First **things** first.\n2. {{So}} they say.\n")
    data = open_engagement(acme)
    (loyalty,) = (one for one in outlines() if one.name == "loyalty")
    assert judge_notes(loyalty, data) == ((), None)


@pytest.mark.parametrize("reports", [(), ("loyalty",)])
def test_who_reads_for_one_report_computes_it_too(
    acme: Path, tmp_path: Path, reports: tuple[str, ...]
) -> None:
    services = default_services(ahead=Ahead(reports=reports))
    task = ReadTask(engagement=services.load(acme), only=("loyalty",), keep=tmp_path / "kept")
    services.read(task)
    assert (tmp_path / "loyalty.result.pickle").exists() == bool(reports)
    assert services.read(replace(task, keep=None)).problems == ()


def test_a_computation_that_fails_is_told_by_the_report(
    acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook.notebook.compute", lambda *_: 1 / 0)
    services = default_services(ahead=Ahead(reports=("loyalty",)))
    task = ReadTask(engagement=services.load(acme), only=("loyalty",), keep=tmp_path / "kept")
    assert services.read(task).problems == ()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["kept"]


def test_notes_of_a_diagnostic_that_is_not_made_are_not_looked_at(acme: Path) -> None:
    (acme / "notes" / "churn_reasons.md").write_text("{lost.m}\n")
    assert found(acme) == []
