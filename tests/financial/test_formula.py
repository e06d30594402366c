"""Formulas are read, worded and solved without eval; files of ratios are checked at once."""

from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.financial_quartiles.formula import (
    FormulaError,
    names,
    parse,
    worded,
)
from workbook.diagnostics.financial_quartiles.polynomials import moved
from workbook.diagnostics.financial_quartiles.sources.ratio_files import load_ratios
from workbook.errors import InputError
from workbook.language.catalog import LANGUAGES
from workbook.language.package_data import templates
from workbook.language.problems import line

VALUES = {"a": Fraction(7), "b": Fraction(2), "c": Fraction(5)}
SHIPPED = templates() / "ratios.yaml"


def value(text, line="", change=0):
    curve = moved(
        parse(text), {line: 1}, end=VALUES.__getitem__, begin=lambda name: VALUES[name] + 10
    )
    return curve.at(Fraction(change))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a - b - c", 0),
        ("a - (b - c)", 10),
        ("a / b / c", Fraction(7, 10)),
        ("a + b * c", 17),
        ("-(a - b) * 2", -10),
        ("mean(a) / 1.5", 8),
        ("a / (b - 2)", None),
    ],
)
def test_formulas_are_read_as_arithmetic_is(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "a +", "a b", "(a", "a)", "mean(a + b)", "mean a", "a ** b", "a // b", "a.b",
        "__import__('os')", "a[0]", "1e5", "lambda: a", "(" * 200 + "a" + ")" * 200,
    ],
)  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises(FormulaError):
        parse(text)


def test_a_formula_names_its_lines_once():
    tree = parse("(a - b) / mean(a)")
    assert names(tree) == ("a", "b")


@pytest.mark.parametrize("text", ["(A − B) / C", "A − (B − C)", "A / (B / C)", "A + B × C"])
def test_wording_keeps_the_brackets_that_are_needed(text):
    plain = text.lower().replace("−", "-").replace("×", "*")
    assert worded(parse(plain), str.upper) == text


@given(target=st.fractions(-5, 5, max_denominator=50), name=st.sampled_from("abc"))
def test_the_solution_of_a_formula_is_its_value(target, name):
    for text in ("(a - b) / c", "a / mean(c)", "(a + b) / (c - b + 1)"):
        tree = parse(text)
        curve = moved(tree, {name: 1}, end=VALUES.__getitem__, begin=VALUES.__getitem__)
        change = curve.reaching(target)
        if change is not None:
            assert curve.at(change) == target


def test_a_line_multiplied_by_itself_is_not_solved():
    curve = moved(parse("a * a / b"), {"a": 1}, end=VALUES.__getitem__, begin=VALUES.__getitem__)
    assert curve.reaching(Fraction(3)) is None


def test_nine_ratios_in_three_groups_of_three_are_shipped(ratios):
    assert {g: len(ratios.of_group(g)) for g in ratios.groups} == {
        "stability": 3, "liquidity": 3, "profitability": 3,
    }  # fmt: skip
    assert all(ratio.higher for ratio in ratios.ratios)
    assert all(set(r.label) == set(r.meaning) == set(LANGUAGES) for r in ratios.ratios)


WORDS = {"en": "x", "ru": "x", "sk": "x"}
OWN = {
    "id": "turnover_days", "group": "activity", "direction": "lower", "label": WORDS,
    "formula": "receivables / revenue * 365",
}  # fmt: skip


def write(tmp_path, *ratios, **more):
    path = tmp_path / "ratios.yaml"
    tree = {"groups": {"activity": WORDS}, "ratios": list(ratios), **more}
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    return path


def load(own):
    return load_ratios(own=own)


def test_an_engagement_may_add_ratios_of_its_own(tmp_path):
    found = load(write(tmp_path, OWN))
    assert len(found.ratios) == 10
    assert found.get("turnover_days").direction == "lower"
    changed = load(write(tmp_path, OWN | {"id": "roa"}))
    assert (len(changed.ratios), changed.get("roa").group) == (9, "activity")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"direction": None}, "ratios_choice"),
        ({"group": "wealth"}, "ratios_choice"),
        ({"formula": "cash / "}, "ratios_formula"),
        ({"formula": "1 / 2"}, "ratios_formula"),
        ({"formula": "cahs / revenue"}, "ratios_line"),
        ({"label": {"en": "x"}}, "ratios_label"),
        ({"meaning": {"en": "x"}}, "ratios_label"),
        ({"id": "Days!"}, "ratios_id"),
        ({"directoin": "lower"}, "ratios_key"),
    ],
)
def test_a_fault_of_a_ratio_is_named(tmp_path, change, code):
    with pytest.raises(InputError) as failure:
        load(write(tmp_path, OWN | change))
    problems = failure.value.problems
    assert code in {p.code for p in problems}
    for language in LANGUAGES:
        assert all("ratios.yaml" in line(p, language) for p in problems)


def test_all_faults_are_told_at_once(tmp_path):
    path = write(tmp_path, OWN | {"direction": "up", "formula": "x"}, OWN, "roa", extra=[])
    with pytest.raises(InputError) as failure:
        load(path)
    assert {p.code for p in failure.value.problems} == {
        "ratios_choice", "ratios_line", "ratios_twice", "ratios_entry", "ratios_key",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"), [("ratios: [", "ratios_unreadable"), ("ratios: []", "ratios_none")]
)
def test_a_file_without_ratios_is_refused(tmp_path, text, code):
    path = tmp_path / "ratios.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as failure:
        load(path)
    assert [p.code for p in failure.value.problems] == [code]


def test_the_nearest_line_is_offered(tmp_path):
    with pytest.raises(InputError) as failure:
        load(write(tmp_path, OWN | {"formula": "recievables / revenue"}))
    assert 'Did you mean "receivables"?' in line(failure.value.problems[0], "en")
