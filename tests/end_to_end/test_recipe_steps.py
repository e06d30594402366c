"""What a recipe has done is in check, in the manifest and in the appendix; the file stays."""

import hashlib
import json
from pathlib import Path

import pytest
from command_line import here, workbook

TOML = """schema_version = 1
id = "acme"
client = "ООО «Акме»"
language = "ru"
currency = "RUB"
period = "2025"
as_of = 2025-12-31
[intake.survey]
files = "Ответы *.csv"
where = {"Статус" = {not = "тест"}}
columns = {date = "Отметка времени", score = "*порекоменд*"}
generate = "respondent_id"
"""
HEAD = "Отметка времени;Насколько вероятно, что вы порекомендуете нас?;Статус\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("recipe")
    (made / "data").mkdir()
    (made / "engagement.toml").write_text(TOML, "utf-8")
    for month in (1, 2):
        rows = "".join(
            f"{day:02d}.{month:02d}.2025 10:00:00;{day % 11};{'тест' if day == 5 else 'ok'}\n"
            for day in range(1, 29)
        )
        (made / "data" / f"Ответы {month}.csv").write_text(HEAD + rows, "utf-8")
    return made


@pytest.fixture(scope="module")
def made(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the reports, and see that the files of the client stay."""
    before, out = hashes(folder), tmp_path_factory.mktemp("out")
    done = workbook("run", folder, "--out", out, "--formats", "html,json,pdf")
    assert done.returncode == 0, done.stderr
    assert hashes(folder) == before
    return out


def hashes(folder: Path) -> list[str]:
    files = sorted((folder / "data").iterdir())
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]


def test_steps_are_told_everywhere_and_the_files_stay(folder: Path, made: Path) -> None:
    before = hashes(folder)
    check = here("check", folder, "--format", "json")
    assert check.returncode == 0, check.stdout
    (found,) = json.loads(check.stdout)["engagements"]
    steps = [p["code"] for p in found["problems"] if p["severity"] == "step"]
    assert set(steps) == {"files_joined", "columns_mapped", "rows_left_by_where", "ids_generated"}
    period = made / "acme" / "2025"
    entry = json.loads((period / "manifest.json").read_text("utf-8"))["diagnostics"]["loyalty"]
    assert sorted(step["code"] for step in entry["steps"]) == sorted(steps)
    assert not {step["code"] for step in entry["steps"]} & {w["code"] for w in entry["warnings"]}
    page = (period / "client" / "loyalty.html").read_text("utf-8").replace("\xa0", " ")
    assert "исключены по договорённости строки: 2 из 56" in page
    log = (period / "internal" / "loyalty_remarks.txt").read_text("utf-8")
    assert "файлы прочитаны как одна таблица survey: 2" in log
    assert entry["rows"]["survey"] == {"in": 56, "used": 54}
    assert json.loads((period / "results" / "loyalty.json").read_text("utf-8"))["nps"]["n"] == 54
    assert hashes(folder) == before


def test_a_changed_recipe_makes_the_report_stale(folder: Path, made: Path) -> None:
    text = (folder / "engagement.toml").read_text("utf-8")
    (folder / "engagement.toml").write_text(
        text.replace('{not = "тест"}', '["тест", "ok"]'), "utf-8"
    )
    status = here("status", folder, "--out", made)
    (folder / "engagement.toml").write_text(text, "utf-8")
    assert "stale" in status.stdout
