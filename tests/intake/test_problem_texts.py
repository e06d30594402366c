"""Every problem has its sentence in every language, with the same placeholders."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import workbook
from workbook.errors import Location, Problem
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import describe, line

PACKAGE = Path(workbook.__file__).parent
MAKERS = {
    *("error", "warning", "step", "fault", "Problem", "FaultError", "PydanticCustomError"),
    *("_problem", "_warning", "_UnusableError", "_by_formats"),
}
TABLES = {"_REFUSED", "_TYPES", "_OWN"}


def texts(language: str) -> dict[str, dict[str, str]]:
    return yaml.safe_load(
        (PACKAGE / "language" / "texts" / f"problems.{language}.yaml").read_text("utf-8")
    )


def words(node: ast.AST) -> Iterator[str]:
    return (
        n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    )


def codes_in(tree: ast.AST, makers: set[str]) -> Iterator[str]:
    """Find codes: first arguments of the makers, ``code=``, ``{"fault": …}`` and named tables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in makers:
            yield from call_codes(node)
        elif "error" not in makers:
            continue  # not the intake
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield from assigned_codes(node.targets[0].id, node.value)
        elif isinstance(node, ast.Dict) and "fault" in map(key_of, node.keys):
            yield from words(node.values[0])


def call_codes(node: ast.Call) -> Iterator[str]:
    if node.args and isinstance(node.args[0], ast.Constant | ast.IfExp):
        yield from words(node.args[0])
    for keyword in node.keywords:
        if keyword.arg == "code":
            yield from words(keyword.value)


def assigned_codes(name: str, value: ast.expr) -> Iterator[str]:
    if (name == "code" and isinstance(value, ast.Constant | ast.IfExp)) or (
        name in TABLES and not isinstance(value, ast.Dict)
    ):
        yield from words(value)
    elif name in TABLES and isinstance(value, ast.Dict):
        for one in value.values:
            yield from words(one)


def key_of(node: ast.expr | None) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def used_codes() -> set[str]:
    """Return the codes of the intake, and those of ``Problem(code=…)`` in the whole package."""
    found: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        reads = file.relative_to(PACKAGE).parts[0] in ("intake", "engagement")
        makers = MAKERS if reads else {"Problem"}
        found |= set(codes_in(ast.parse(file.read_text("utf-8")), makers))
    return {code for code in found if code.isidentifier()}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_search_for_codes_finds_them() -> None:
    known = {"missing_column", "file_empty", "merged_header", "bad_id", "workbook_damaged"}
    assert known | {"quote_not_closed", "mixed_dates", "identical_rows_kept"} <= used_codes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_sentence(language: str) -> None:
    assert used_codes() - texts(language).keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_and_placeholders(language: str) -> None:
    english, other = texts("en"), texts(language)
    assert english.keys() == other.keys()
    for code, entry in english.items():
        if isinstance(entry, dict):
            assert entry.keys() == other[code].keys()
            for part, text in entry.items():
                assert placeholders(text) == placeholders(other[code][part]), (code, part)


STEPS = {
    *("rows_dropped", "rows_dropped_by_words", "rows_left_by_where", "filled_down", "group_rows"),
    *("columns_mapped", "options_declared", "files_joined", "sheets_joined", "melted"),
    *("values_mapped", "ids_generated", "latest_kept", "earlier_waves", "added_from_earlier"),
    *("firm_file_used", "aliases_used", "aliases_left_out", "groups_before_joined"),
}
"""What is done as asked has nothing to be mended."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_begin_small_and_fixes_are_whole_sentences(language: str) -> None:
    for code, entry in texts(language).items():
        if isinstance(entry, dict) and "what" in entry:
            assert not entry["what"].endswith("."), code
            fixes = [entry["fix"], entry.get("near", entry["fix"])]
            if code in STEPS:
                assert fixes == ["", ""], code
                continue
            assert all(fix[0].isupper() or fix[0] in '"«„' for fix in fixes), code
            assert all(fix.endswith((".", "?")) for fix in fixes), code


PROBLEM = Problem(
    code="out_of_range",
    place=Location(file="data/survey.xlsx", sheet="survey", row=14, column="C (score)"),
    found="11",
    facts={"name": "score", "low": "0", "high": "10"},
)


def test_a_line_says_where_what_and_how_to_mend_it() -> None:
    assert line(PROBLEM, "en") == (
        'data/survey.xlsx, sheet "survey", row 14, column C (score): score must be 0 to 10; '
        'found "11". Fix: Correct the cell, or leave it blank if it is not known.'
    )
    assert line(PROBLEM, "ru").startswith(
        "data/survey.xlsx, лист «survey», строка 14, столбец C (score): значение score"
    )
    assert line(PROBLEM, "sk").startswith(
        "data/survey.xlsx, hárok „survey“, riadok 14, stĺpec C (score): hodnota score"
    )


def test_csv_has_lines_and_the_configuration_has_keys() -> None:
    csv = Problem(code="no_rows", place=Location(file="data/a.csv", row=3))
    toml = Problem(code="not_text", place=Location(file="engagement.toml", column="brand.name"))
    assert describe(csv, "en").where == "data/a.csv, line 3"
    assert describe(toml, "en").where == "engagement.toml, key brand.name"


def test_a_nearest_name_is_offered_only_when_there_is_one() -> None:
    place = Location(file="engagement.toml")
    facts = {"nearest": "score", "known": "score"}
    assert describe(Problem(code="unknown_key", place=place, facts=facts), "en").fix == (
        'Did you mean "score"?'
    )
    facts["nearest"] = ""
    assert describe(Problem(code="unknown_key", place=place, facts=facts), "en").fix == "Remove it."


def test_telling_never_fails() -> None:
    odd = Problem(code="no_such_code", found="{0} {x.y} %s")
    assert "no_such_code" in line(odd, "en")
    assert "{0} {x.y} %s" in line(odd, "xx")
