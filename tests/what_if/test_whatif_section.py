"""[whatif] of engagement.toml: what it asks for, and what is refused in which words."""

from pathlib import Path

import pytest

from workbook.diagnostics import param_types
from workbook.engagement.data import EngagementData, read_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.settings import WhatIf, WhatIfDiscount, WhatIfManager, WhatIfReason
from workbook.errors import InputError, Problem
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

START = """schema_version = 1
id = "acme"
client = "Acme"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
"""
TABLES = {
    "customers.csv": "customer_id,name,manager\na,Alfa,Eva Malá\nb,Beta,\n",
    "sales.csv": "customer_id,date,amount,manager\na,2025-03-01,100,Eva Malá\n"
    "b,2025-03-02,50,Ivan Nový\n",
    "lost_customers.csv": "customer_id,lost_date,reasons\nc,2025-03-01,Late delivery\n"
    "d,2025-04-01,Their new owner\n",
}


def write(folder: Path, asked: str) -> Path:
    (folder / "engagement.toml").write_text(START + asked, "utf-8")
    (folder / "data").mkdir()
    for name, text in TABLES.items():
        (folder / "data" / name).write_text(text, "utf-8")
    return folder


def loaded(folder: Path, asked: str) -> WhatIf:
    return load_engagement(write(folder, asked), param_types()).whatif


def refused(folder: Path, asked: str) -> Problem:
    with pytest.raises(InputError) as caught:
        loaded(folder, asked)
    (problem,) = caught.value.problems
    return problem


def read(folder: Path, asked: str) -> EngagementData:
    return read_engagement(load_engagement(write(folder, asked), param_types()))


def errors(data: EngagementData) -> list[tuple[str, str, object]]:
    return [(p.code, p.place.column, p.facts.get("nearest")) for p in data.errors]


def test_what_is_not_there_is_not_asked_for(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") == WhatIf()


def test_all_three(tmp_path: Path) -> None:
    asked = """[whatif.reason]
reason = " late_delivery "
win_back = 0.25
[whatif.discount]
steps = [[1000000, 2], [5000000, 5]]
margin = 0.3
[whatif.manager]
"""
    assert loaded(tmp_path, asked) == WhatIf(
        reason=WhatIfReason(reason="late_delivery", win_back=0.25),
        discount=WhatIfDiscount(steps=((1_000_000, 0.02), (5_000_000, 0.05)), margin=0.3),
        manager=WhatIfManager(),
    )


def test_a_scale_of_nothing_is_one(tmp_path: Path) -> None:
    found = loaded(tmp_path, "[whatif.discount]\nsteps = [[0, 0], [10, 0]]\n").discount
    assert found == WhatIfDiscount(steps=((0, 0), (10, 0)))


@pytest.mark.bad_input("H1")
@pytest.mark.parametrize(
    ("asked", "key", "nearest"),
    [
        ("[whatif.discounts]\nsteps = [[1, 2]]\n", "whatif.discounts", "discount"),
        ("[whatif.discount]\nstep = [[1, 2]]\nsteps = [[1, 2]]\n", "whatif.discount.step", "steps"),
        ('[whatif.reason]\nreason = "x"\nwinback = 1\n', "whatif.reason.winback", "win_back"),
    ],
)
def test_an_unknown_key_names_the_nearest(
    tmp_path: Path, asked: str, key: str, nearest: str
) -> None:
    problem = refused(tmp_path, asked)
    assert (problem.code, problem.place.column) == ("unknown_key", key)
    assert problem.facts["nearest"] == nearest


@pytest.mark.bad_input("H4")
@pytest.mark.parametrize(
    ("section", "said", "code"),
    [
        ("discount.steps", "[]", "bad_steps"),
        ("discount.steps", "5", "bad_steps"),
        ("discount.steps", "[1000000, 2]", "bad_steps"),
        ("discount.steps", '[["1000000", 2]]', "bad_steps"),
        ("discount.steps", "[[1000000, true]]", "bad_steps"),
        ("discount.steps", "[[1, 2, 3]]", "bad_steps"),
        ("discount.steps", "[[1, nan]]", "number_unusable"),
        ("discount.steps", f"[[1{'0' * 400}, 1]]", "number_unusable"),
        ("discount.steps", "[[-1, 2]]", "step_out_of_range"),
        ("discount.steps", "[[1, -2]]", "step_out_of_range"),
        ("discount.steps", "[[1, 100.5]]", "step_out_of_range"),
        ("discount.steps", "[[1, 2], [1, 3]]", "steps_not_rising"),
        ("discount.steps", "[[5, 2], [1, 3]]", "steps_not_rising"),
        ("discount.steps", "[[1, 3], [5, 2]]", "steps_not_rising"),
        ("discount.margin", "25", "option_out_of_range"),
        ("discount.margin", "0", "option_out_of_range"),
        ("reason.win_back", "30", "option_out_of_range"),
        ("reason.win_back", "-0.1", "option_out_of_range"),
        ("reason.win_back", '"a"', "must_be_number"),
        ("reason.reason", '" "', "empty_value"),
        ("reason.reason", '"a\\u202eb"', "control_characters"),
        ("reason.reason", "1", "not_text"),
        ("manager.manager", '"a\\nb"', "control_characters"),
        ("manager.manager", f'"{"x" * 201}"', "text_too_long"),
        ("manager.manager", "false", "not_text"),
    ],
)
def test_a_wrong_value_is_refused_at_its_key_in_every_language(
    tmp_path: Path, section: str, said: str, code: str
) -> None:
    name, key = section.split(".")
    needed = {"discount": "steps = [[1, 2]]", "reason": 'reason = "x"', "manager": ""}[name]
    own = "" if needed.startswith(key) else needed
    problem = refused(tmp_path, f"[whatif.{name}]\n{own}\n{key} = {said}\n")
    assert (problem.code, problem.place.column) == (code, f"whatif.{section}")
    sentences = {line(problem, language) for language in LANGUAGES}
    assert len(sentences) == len(LANGUAGES)
    assert not any("{" in said or "…:" in said for said in sentences)


@pytest.mark.parametrize("key", ["reason", "discount"])
def test_a_section_without_what_it_is_about_is_refused(tmp_path: Path, key: str) -> None:
    problem = refused(tmp_path, f"[whatif.{key}]\n")
    assert problem.code == "missing_key"
    assert problem.place.column.startswith(f"whatif.{key}.")


def test_the_words_about_a_scale(tmp_path: Path) -> None:
    problem = refused(tmp_path, "[whatif.discount]\nsteps = [[5, 2], [1, 3]]\n")
    said = {language: line(problem, language) for language in LANGUAGES}
    assert "step 2: its turnover must be higher than that of the step before" in said["en"]
    assert "ступень 2: её оборот должен быть больше" in said["ru"]
    assert "stupeň 2: jeho obrat musí byť vyšší" in said["sk"]


@pytest.mark.parametrize(
    "word", ["late_delivery", "Late delivery", "LATE DELIVERY", "Their new owner"]
)
def test_a_reason_is_known_by_id_by_name_or_by_the_words_of_the_register(
    tmp_path: Path, word: str
) -> None:
    data = read(tmp_path, f'[whatif.reason]\nreason = "{word}"\n')
    assert "churn_reasons" in data.own
    assert errors(data) == []


@pytest.mark.bad_input("H1")
@pytest.mark.parametrize(
    ("word", "nearest"),
    [("late_delivry", "Late delivery"), ("дорого", "Price too high"), ("zzz", "")],
)
def test_an_unknown_reason_names_the_nearest(tmp_path: Path, word: str, nearest: str) -> None:
    data = read(tmp_path, f'[whatif.reason]\nreason = "{word}"\n')
    assert errors(data) == [("whatif_reason", "whatif.reason.reason", nearest)]
    said = {language: line(data.errors[0], language) for language in LANGUAGES}
    assert "no such reason of losses" in said["en"]
    assert "такой причины потерь нет" in said["ru"]
    assert "taký dôvod strát neexistuje" in said["sk"]


def test_under_pseudonyms_words_of_the_register_are_no_reason(tmp_path: Path) -> None:
    asked = 'anonymise = true\n[whatif.reason]\nreason = "Their new owner"\n'
    assert [code for code, _, _ in errors(read(tmp_path, asked))] == ["whatif_reason"]


@pytest.mark.parametrize("name", ["Eva Malá", "eva mala", "Ivan Nový"])
def test_a_manager_is_called_as_the_tables_call_him(tmp_path: Path, name: str) -> None:
    data = read(tmp_path, f'[whatif.manager]\nmanager = "{name}"\n')
    assert errors(data) == []
    assert data.engagement.whatif.manager
    assert data.engagement.whatif.manager.manager in ("Eva Malá", "Ivan Nový")


@pytest.mark.bad_input("H1")
def test_an_unknown_manager_names_the_nearest(tmp_path: Path) -> None:
    data = read(tmp_path, '[whatif.manager]\nmanager = "Eva Malý"\n')
    assert errors(data) == [("whatif_manager", "whatif.manager.manager", "Eva Malá")]
    said = {language: line(data.errors[0], language) for language in LANGUAGES}
    assert "named are: Eva Malá, Ivan Nový" in said["en"]
    assert "Возможно, имелось в виду «Eva Malá»?" in said["ru"]
    assert "Mysleli ste „Eva Malá“?" in said["sk"]


def test_blank_means_nobody_in_particular(tmp_path: Path) -> None:
    data = read(tmp_path, '[whatif.manager]\nmanager = " "\n')
    assert data.engagement.whatif.manager == WhatIfManager()
    assert errors(data) == []


def test_under_pseudonyms_the_manager_has_his_own(tmp_path: Path) -> None:
    data = read(tmp_path, 'anonymise = true\n[whatif.manager]\nmanager = "eva mala"\n')
    manager = data.engagement.whatif.manager
    assert manager
    assert manager.manager.startswith("Manager ")
    assert manager.manager in set(data.inputs.tables["customers"]["manager"])
