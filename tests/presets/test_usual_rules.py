"""Rules of ``where`` that hold where the column is there, as presets have them."""

from datetime import date
from pathlib import Path

import pytest

from workbook.engagement.settings import Engagement, IntakeOptions, TableOptions
from workbook.intake.rows.row_rules import rules_of
from workbook.intake.tables import Intake, read_tables

CSV = (
    "Respondent,Date,Score,State\n1,2025-03-01,9,Done\n2,2025-03-02,4,Begun\n3,2025-03-03,7,Done\n"
)


def read(folder: Path, where: dict[str, object]) -> Intake:
    (folder / "data").mkdir()
    (folder / "data" / "survey.csv").write_text(CSV, "utf-8")
    options = IntakeOptions(tables={"survey": TableOptions(where=where)})
    return read_tables(
        Engagement(
            folder=folder, id="acme", client="Acme", language="en", currency="EUR",
            period="2025", as_of=date(2025, 12, 31), intake=options,
        )
    )  # fmt: skip


RULES = [
    # rule, scores that are left
    ({"State": {"not": ["Begun"], "if_there": True}}, [9, 7]),
    ({"State": {"keep": ["Done"], "if_there": True}}, [9, 7]),
    ({"Sta*": {"keep": "Done"}}, [9, 7]),
    ({"Stage": {"not": ["Begun"], "if_there": True}}, [9, 4, 7]),
    ({"State": {"not": ["Begin", "Spam"], "if_there": True}}, [9, 4, 7]),
    ({"State": {"keep": ["Done", "Doner", "Begun"], "if_there": True}}, [9, 4, 7]),
]


@pytest.mark.parametrize(("where", "scores"), RULES)
def test_what_the_file_does_not_have_is_not_told(
    tmp_path: Path, where: dict[str, object], scores: list[int]
) -> None:
    intake = read(tmp_path, where)
    assert intake.tables["survey"].frame["score"].tolist() == scores
    codes = {problem.code for problem in intake.problems}
    assert not codes & {"where_no_heading", "where_no_value"}


@pytest.mark.parametrize(
    "where", [{"Stage": {"not": ["Begun"]}}, {"State": {"not": ["Begin"]}}, {"State": "Don"}]
)
def test_a_rule_without_it_is_an_error_as_before(tmp_path: Path, where: dict[str, object]) -> None:
    codes = {problem.code for problem in read(tmp_path, where).problems if problem.is_error}
    assert codes & {"where_no_heading", "where_no_value"}


@pytest.mark.parametrize(
    "rule",
    [
        {"if_there": True},
        {"not": "a", "keep": "b"},
        {"not": "a", "if_there": False},
        {"not": "a", "if_there": "yes"},
        {"not": "a", "ifthere": True},
        {"not": []},
        {},
    ],
)
def test_other_shapes_are_no_rules(rule: object) -> None:
    with pytest.raises(ValueError, match="Status"):
        rules_of({"Status": rule})
