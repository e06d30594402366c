"""Presets named in engagement.toml: found, merged, checked, and part of the fingerprint."""

from pathlib import Path

import pytest

from workbook.diagnostics import param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.fingerprint import fingerprint, hash_files
from workbook.engagement.preset_options import preset_named, with_preset
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Problem
from workbook.intake.recipe.presets import preset_of, recognised, shipped_presets
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

HEAD = """
schema_version = 1
id = "acme"
client = "Acme"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
"""
OWN = """
[tables.survey]
signature = ["Who"]
recipe = {columns = {respondent_id = "Who", date = "When", score = "Mark"}, drop_rows = "Total*"}
"""


def engagement(folder: Path, more: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "engagement.toml").write_text(HEAD + more, "utf-8")
    return folder


def preset(folder: Path, name: str, text: str) -> None:
    (folder / "presets").mkdir(parents=True, exist_ok=True)
    (folder / "presets" / f"{name}.toml").write_text(text, "utf-8")


def loaded(folder: Path) -> Engagement:
    return load_engagement(folder, param_types())


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        loaded(folder)
    for problem in caught.value.problems:
        for language in LANGUAGES:
            assert problem.code not in line(problem, language)
    return list(caught.value.problems)


def test_what_the_engagement_says_wins_column_by_column(tmp_path: Path) -> None:
    preset(tmp_path / "acme", "ours", OWN)
    folder = engagement(
        tmp_path / "acme",
        '[intake.survey]\npreset = "ours"\ndrop_rows = [7]\ncolumns = {date = "Day"}\n',
    )
    options = loaded(folder).intake.of("survey")
    told = {name: one.headings for name, one in options.columns.items()}
    assert told == {"respondent_id": ("Who",), "date": ("Day",), "score": ("Mark",)}
    assert tuple(options.drop_rows) == ("Total*", 7)
    assert options.preset == "ours"


MERGES = [
    # said, recipe, expected
    ({"missing": ["n/a"]}, {"missing": ["-"]}, {"missing": ["-", "n/a"]}),
    ({"missing": ["-"]}, {"missing": ["-"]}, {"missing": ["-"]}),
    (
        {"where": {"status": "A"}},
        {"where": {"Status": "B", "X": "C"}},
        {"where": {"X": "C", "status": "A"}},
    ),
    ({"file": "a.csv"}, {"files": ["*.csv"]}, {"file": "a.csv"}),
    ({"header_row": 3}, {"headings": ["a"], "skip_rows": 1}, {"header_row": 3}),
    ({"headings": ["a"]}, {"header_row": [1, 2]}, {"headings": ["a"]}),
    ({"date_order": "dmy"}, {"date_formats": "%d %b %Y"}, {"date_order": "dmy"}),
    ({}, {"generate": ["respondent_id"]}, {"generate": ["respondent_id"]}),
    (
        {"values": {"status": {"lost": ["No go"]}}},
        {"values": {"status": {"won": "Won", "lost": "Lost", "open": "*"}}},
        {"values": {"status": {"won": ["Won"], "lost": ["Lost", "No go"], "open": ["*"]}}},
    ),
    (
        {"values": {"status": {"open": ["Won", "new"], "lost": "*"}}},
        {"values": {"status": {"won": "won", "open": "*"}, "kind": {"sale": "S"}}},
        {"values": {"status": {"open": ["Won", "new"], "lost": ["*"]}, "kind": {"sale": "S"}}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("said", "recipe", "expected"), MERGES)
def test_a_section_is_completed_by_its_preset(
    said: dict[str, object], recipe: dict[str, object], expected: dict[str, object]
) -> None:
    before = repr((said, recipe))
    assert with_preset(said, recipe) == expected
    assert repr((said, recipe)) == before


def test_the_engagements_own_file_comes_before_the_one_beside_it_and_the_shipped(
    tmp_path: Path,
) -> None:
    folder = engagement(tmp_path / "acme", "")
    assert preset_named("hubspot", folder) == (shipped_presets()["hubspot"], [])
    preset(tmp_path, "hubspot", OWN)
    beside, _ = preset_named("hubspot", folder)
    assert beside is not None
    assert beside.file == "../presets/hubspot.toml"
    preset(folder, "hubspot", OWN.replace("Who", "Whose"))
    own, _ = preset_named("hubspot", folder)
    assert own is not None
    assert (own.file, own.tables["survey"].signature) == ("presets/hubspot.toml", (("Whose",),))


@pytest.mark.parametrize(
    ("name", "code", "nearest"),
    [
        ("surveymonky", "unknown_preset", "surveymonkey"),
        ("../../etc/passwd", "unknown_preset", ""),
        ("hubspot", "preset_of_other_table", None),
    ],
)
def test_a_preset_that_is_not_there_is_told_with_those_that_are(
    tmp_path: Path, name: str, code: str, nearest: str | None
) -> None:
    folder = engagement(tmp_path / "acme", f'[intake.survey]\npreset = "{name}"\n')
    (problem,) = problems(folder)
    assert (problem.code, problem.place.column) == (code, "intake.survey.preset")
    assert problem.facts.get("nearest") == nearest
    if code == "unknown_preset":
        assert "hubspot" in str(problem.facts["known"])
    else:
        assert problem.facts["tables"] == "offers"


BROKEN = [
    ("[tables.survey\n", "toml_syntax", ""),
    ("titel = 'x'\n", "bad_preset", "titel"),
    ("title = 'x'\n", "bad_preset", "tables"),
    ("[tables.survey]\nsignature = 'a'\n", "bad_preset", "tables.survey.signature"),
    ("[tables.survey]\nrecipe = 'a'\n", "bad_preset", "tables.survey.recipe"),
    (f"[tables.survey]\nsignature = {['a*'] * 51}\n", "bad_preset", "tables.survey.signature"),
    (f"[tables.survey]\nsignature = [{['a*'] * 51}]\n", "bad_preset", "tables.survey.signature"),
    ("[tables.survey]\nrecipes = {}\n", "bad_preset", "tables.survey.recipes"),
    ("[tables.survy]\n", "unknown_key", "tables.survy"),
    ("[tables.survey.recipe]\nheder_row = 1\n", "unknown_key", "tables.survey.recipe.heder_row"),
    ("[tables.survey.recipe]\npreset = 'x'\n", "unknown_key", "tables.survey.recipe.preset"),
    ("[tables.survey.recipe]\ncolumns = {dat = 'x'}\n", "unknown_key",
     "tables.survey.recipe.columns.dat"),
    ('[tables.survey]\nsignature = ["\\u0007"]\n', "control_characters", "tables.survey.signature"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "key"), BROKEN)
def test_what_is_wrong_with_an_own_file_is_told_in_it(
    tmp_path: Path, text: str, code: str, key: str
) -> None:
    preset(tmp_path, "ours", text)
    folder = engagement(tmp_path / "acme", '[intake.survey]\npreset = "ours"\n')
    found = [(p.code, p.place.file, p.place.column) for p in problems(folder)]
    assert found == [(code, "../presets/ours.toml", key)]


def test_a_preset_is_no_way_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text(OWN, "utf-8")
    folder = engagement(tmp_path / "acme", '[intake.survey]\npreset = "ours"\n')
    (folder / "presets").mkdir()
    (folder / "presets" / "ours.toml").symlink_to(tmp_path / "secret.toml")
    (problem,) = problems(folder)
    assert (problem.code, problem.place.file) == ("file_is_link", "presets/ours.toml")


def test_a_large_preset_file_is_not_read(tmp_path: Path) -> None:
    preset(tmp_path, "ours", OWN + "#" * 300_000)
    folder = engagement(tmp_path / "acme", '[intake.survey]\npreset = "ours"\n')
    assert [p.code for p in problems(folder)] == ["file_too_many_kb"]


def test_own_presets_are_part_of_the_fingerprint(tmp_path: Path) -> None:
    preset(tmp_path, "ours", OWN)
    preset(tmp_path, "another", OWN)
    folder = engagement(tmp_path / "acme", '[intake.survey]\npreset = "ours"\n')
    before = hash_files(loaded(folder)).digest()
    preset(tmp_path, "another", OWN + "# not named\n")
    assert hash_files(loaded(folder)).digest() == before
    preset(tmp_path, "ours", OWN + "# named\n")
    assert hash_files(loaded(folder)).digest() != before


def test_presets_of_the_engagement_before_are_part_of_the_fingerprint(tmp_path: Path) -> None:
    engagement(tmp_path / "old", '[intake.survey]\npreset = "ours"\n')
    preset(tmp_path / "old", "ours", OWN)
    folder = engagement(tmp_path / "new", "")
    text = (folder / "engagement.toml").read_text("utf-8")
    (folder / "engagement.toml").write_text('previous = "../old"\n' + text, "utf-8")
    before = hash_files(loaded(folder)).digest()
    preset(tmp_path / "old", "ours", OWN + "# changed\n")
    assert hash_files(loaded(folder)).digest() != before


def test_a_file_that_a_table_names_counts_for_its_reports_whatever_it_is_called(
    tmp_path: Path,
) -> None:
    folder = engagement(tmp_path / "acme", '[intake.survey]\nfiles = "sales*.csv"\n')
    notebook = folder / "loyalty.ipynb"
    notebook.write_text("{}", "utf-8")
    (folder / "data").mkdir()

    def made_from() -> str:
        files = hash_files(loaded(folder))
        return fingerprint(
            files, diagnostic="loyalty", tables=["survey"], notebook=notebook, joins=False
        )

    (folder / "data" / "sales.csv").write_text("a", "utf-8")
    before = made_from()
    (folder / "data" / "sales.csv").write_text("b", "utf-8")
    assert made_from() != before


def test_the_most_specific_preset_is_recognised_first() -> None:
    ours = {
        name: preset_of(name, {"tables": {"survey": {"signature": signature}}})
        for name, signature in {
            "none": [],
            "one": ["Time*"],
            "two": ["Timestamp", ["Score", "Оценка"]],
            "other": ["Timestamp", "Region"],
        }.items()
    }
    assert recognised(["timestamp ", "оценка", ""], ours) == [("two", "survey"), ("one", "survey")]
    assert recognised([], ours) == []
