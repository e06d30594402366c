"""A new engagement begins with the client's files, or with the period before."""

import tomllib
from datetime import date
from pathlib import PurePosixPath

from click.testing import CliRunner
from files import answers, csv, engagement
from proposals import errors, mapped

from workbook.commands.cli import cli
from workbook.engagement.next_period import next_text
from workbook.errors import UsageError

HEAD = ["Answer ID", "When answered, date", "Would you recommend us?", "Why?"]


def run(*arguments):
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def settings(folder):
    return tomllib.loads((folder / "engagement.toml").read_text("utf-8"))


def test_the_clients_files_are_copied_and_mapped(tmp_path):
    one, two = tmp_path / "Ответы (3).csv", tmp_path / "Отгрузки.csv"
    one.write_text(csv(HEAD, answers()), "utf-8")
    two.write_text(
        csv(
            ["Дата", "Покупатель", "Сумма с НДС"],
            [[f"0{1 + i % 9}.02.2025", f"К{i}", 100 + i] for i in range(20)],
            ";",
        ),
        "utf-8",
    )
    done = run("init", tmp_path / "new", "--client", "Акме", "--language", "ru", "--from", one, two)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "new" / "data" / one.name).read_bytes() == one.read_bytes()
    said = settings(tmp_path / "new")["intake"]
    assert said["survey"]["files"] == one.name
    assert said["sales"]["files"] == two.name
    assert errors(tmp_path / "new") == []


def test_a_file_that_is_not_there_leaves_nothing_behind(tmp_path):
    done = run("init", tmp_path / "new", "--from", tmp_path / "none.csv")
    assert done.exit_code != 0
    assert not (tmp_path / "new").exists()


def test_paths_without_from_are_refused(tmp_path):
    assert run("init", tmp_path / "new", tmp_path / "x.csv").exit_code == 2


def previous(tmp_path):
    more = """
[brand]
name = "Us"  # ours

[intake.survey.columns]
score = "Would you recommend us?"
"""
    folder = engagement(tmp_path / "q4", {"survey.csv": csv(HEAD, answers())}, more=more)
    (folder / "presets").mkdir()
    (folder / "presets" / "own.toml").write_text(
        '[tables.survey]\nsignature = ["a"]\nrecipe = {}\n', "utf-8"
    )
    (folder / "reasons.yaml").write_text("# none\n", "utf-8")
    (folder / "notes").mkdir()
    (folder / "notes" / "loyalty.md").write_text("Said last time.", "utf-8")
    mapped(folder)
    return folder


def test_the_next_period_has_the_recipes_and_no_data(tmp_path):
    before, after = previous(tmp_path), tmp_path / "q1"
    done = run("init", after, "--from", before)
    assert done.exit_code == 0, done.output
    said, old = settings(after), settings(before)
    assert said["intake"] == old["intake"]
    assert said["brand"] == old["brand"]
    assert (said["period"], said["as_of"].isoformat()) == ("2026-Q1", "2026-03-31")
    assert said["previous"] == "../q4"
    assert "# as in the contract" in (after / "engagement.toml").read_text("utf-8")
    assert list((after / "data").iterdir()) == []
    assert (after / "presets" / "own.toml").is_file()
    assert (after / "reasons.yaml").is_file()
    assert "last time" not in (after / "notes" / "loyalty.md").read_text("utf-8")


def test_a_period_of_another_form_is_asked_for(tmp_path):
    before = previous(tmp_path)
    path = before / "engagement.toml"
    path.write_text(path.read_text("utf-8").replace("2025-Q4", "autumn"), "utf-8")
    asked = run("init", tmp_path / "next", "--from", before)
    assert isinstance(asked.exception, UsageError)
    given = run(
        "init", tmp_path / "next", "--from", before, "--period", "winter", "--as-of", "2026-02-28"
    )
    assert given.exit_code == 0, given.output
    assert settings(tmp_path / "next")["period"] == "winter"


def test_map_tells_in_what_the_new_file_differs(tmp_path):
    before, after = previous(tmp_path), tmp_path / "q1"
    assert run("init", after, "--from", before).exit_code == 0
    head = ["Answer ID", "When answered, date", "Would you recommend us?", "Why so?", "Region"]
    rows = [[*row, "North"] for row in answers()]
    (after / "data" / "survey.csv").write_text(csv(head, rows), "utf-8")
    told = "\n".join(mapped(after).lines)
    assert '"Why?" is probably called "Why so?" now' in told
    assert 'new since the previous period: "Region"' in told


def test_new_words_of_a_listed_column_are_told(tmp_path):
    head = ["ID deal", "Company", "Stage", "Stage date", "Product"]

    def rows(stages):
        return [
            [i, f"C{i}", stages[i % len(stages)], f"2025-03-{1 + i:02d}", "P"] for i in range(20)
        ]

    before = engagement(tmp_path / "q4", {"offers.csv": csv(head, rows(["Won", "Lost", "Talks"]))})
    mapped(before)
    after = tmp_path / "q1"
    assert run("init", after, "--from", before).exit_code == 0
    (after / "data" / "offers.csv").write_text(
        csv(head, rows(["Won", "Lost", "Talks", "Frozen"])), "utf-8"
    )
    assert 'offers: new words in status: "Frozen"' in mapped(after).lines


def test_recipes_fit_the_files_and_the_day_of_the_next_period():
    text = (
        'period = "2025-Q4"\nas_of = 2025-12-31\n'
        '[intake.sales]\nfiles = "Продажи 2025.xlsx"  # from the client\n'
        'columns = {date = {value = "2025-12-31"}, product = {value = "2025"}}\n'
        '[intake.survey]\nfiles = ["Ответы 10.csv", "Ответы 11.csv", "форма.csv"]\n'
    )
    made = next_text(
        text, period="2026-Q1", as_of=date(2026, 3, 31), previous=PurePosixPath("../before")
    )
    said = tomllib.loads(made)["intake"]
    assert said["sales"]["files"] == "Продажи *.xlsx"
    assert said["sales"]["columns"]["date"] == {"value": "2026-03-31"}
    assert said["sales"]["columns"]["product"] == {"value": "2025"}
    assert said["survey"]["files"] == ["Ответы *.csv", "форма.csv"]
    assert "# from the client" in made
