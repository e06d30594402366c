"""Questionnaire files: the shipped ones, and every fault of a bad one at once."""

import copy
from pathlib import Path

import pytest
import yaml

from workbook.diagnostics.controllability.lookup import Names
from workbook.diagnostics.controllability.questionnaire import SCORES
from workbook.diagnostics.controllability.sources.questionnaire_check import read_questionnaire
from workbook.diagnostics.controllability.sources.questionnaire_file import (
    load_questionnaire,
    load_questionnaires,
)
from workbook.errors import InputError
from workbook.language.catalog import LANGUAGES
from workbook.language.package_data import templates
from workbook.language.problems import line


def words(text: str) -> dict[str, str]:
    return {language: f"{text} ({language})" for language in LANGUAGES}


def item(name: str, **more) -> dict:
    texts = ("wording", "guidance", "recommendation", "metric")
    return {"id": name, **{text: words(text) for text in texts}, **more}


GOOD = {
    "id": "own",
    "version": 1,
    **{key: words(key) for key in ("title", "purpose", "source", "aspects_note")},
    "marks": {str(mark): words(mark) for mark in SCORES},
    "aspects": {"planning": words("planning")},
    "sections": [
        {"id": "1", "title": words("first"), "items": [item("1.1", aspect="planning")]},
        {
            "id": "2",
            "title": words("second"),
            "items": [item("2.1", weight=2), item("2.2", repeats="2.1", default=False)],
        },
    ],
    "profiles": [{"id": "low", "title": words("low"), "all": "-", "marks": {"2.1": "+/-"}}],
}


def write(folder: Path, tree, name: str = "own") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    return path


def changed(*keys, to=None, without=False):
    tree = copy.deepcopy(GOOD)
    place = tree
    for key in keys[:-1]:
        place = place[key]
    if without:
        del place[keys[-1]]
    else:
        place[keys[-1]] = to
    return tree


def test_a_plain_file_is_a_questionnaire(tmp_path):
    own = load_questionnaire(write(tmp_path, GOOD))
    assert [i.id for i in own.items] == ["1.1", "2.1", "2.2"]
    assert [i.id for i in own.asked().items] == ["1.1", "2.1"]
    assert [i.id for i in own.whole().items] == ["1.1", "2.1", "2.2"]
    assert (own.items[1].weight, own.items[2].default, own.items[2].repeats) == (2, False, "2.1")
    assert own.profiles[0].marks == {"1.1": "-", "2.1": "+/-", "2.2": "-"}


def test_a_section_whose_items_are_all_off_is_left_out(tmp_path):
    tree = changed("sections", 0, "items", 0, "default", to="false")
    own = load_questionnaire(write(tmp_path, tree))
    assert [s.id for s in own.asked().sections] == ["2"]
    assert [s.id for s in own.asked(frozenset({"1.1"})).sections] == ["1", "2"]


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        ([], "questionnaire_no_sections"),
        (changed("sections", to=[]), "questionnaire_no_sections"),
        (changed("sections", to=["first"]), "questionnaire_entry"),
        (changed("sections", 0, "items", to={}), "questionnaire_entry"),
        (changed("sections", 0, "items", to=["1.1"]), "questionnaire_entry"),
        (changed("id", to="other"), "questionnaire_id"),
        (changed("id", to="Own file"), "questionnaire_id"),
        (changed("version", to="one"), "questionnaire_value"),
        (changed("version", to=0), "questionnaire_value"),
        (changed("titel", to=words("x")), "questionnaire_key"),
        (changed("title", "sk", without=True), "questionnaire_words"),
        (changed("purpose", to="a text"), "questionnaire_words"),
        (changed("aspects", to=["planning"]), "questionnaire_entry"),
        (changed("aspects", "planning", "ru", to=" "), "questionnaire_words"),
        (changed("marks", "+/-", without=True), "questionnaire_value"),
        (changed("marks", "yes", to=words("yes")), "questionnaire_value"),
        (changed("marks", "+", "de", to="plus"), "questionnaire_key"),
        (changed("sections", 1, "id", to="1"), "questionnaire_twice"),
        (changed("sections", 1, "title", without=True), "questionnaire_words"),
        (changed("sections", 1, "items", 0, "id", to="1.1"), "questionnaire_twice"),
        (changed("sections", 1, "items", 0, "id", without=True), "questionnaire_value"),
        (changed("sections", 1, "items", 0, "id", to=["2"]), "questionnaire_value"),
        (changed("sections", 1, "items", 0, "wording", without=True), "questionnaire_words"),
        (changed("sections", 1, "items", 0, "metric", without=True), "questionnaire_words"),
        (changed("sections", 1, "items", 0, "recommendation", "en", to=""), "questionnaire_words"),
        (changed("sections", 1, "items", 0, "recomendation", to=""), "questionnaire_key"),
        (changed("sections", 1, "items", 0, "weight", to=-1), "questionnaire_value"),
        (changed("sections", 1, "items", 0, "weight", to="nan"), "questionnaire_value"),
        (changed("sections", 1, "items", 0, "default", to="maybe"), "questionnaire_value"),
        (changed("sections", 1, "items", 0, "aspect", to="plannning"), "questionnaire_value"),
        (changed("sections", 1, "items", 0, "aspect", to={"a": 1}), "questionnaire_value"),
        (changed("sections", 1, "items", 0, "repeats", to="2.10"), "questionnaire_no_item"),
        (changed("sections", 1, "items", 0, "repeats", to="2.1"), "questionnaire_no_item"),
        (changed("sections", 1, "items", 0, "original", to={"sk": ""}), "questionnaire_words"),
        (changed("profiles", to={}), "questionnaire_entry"),
        (changed("profiles", 0, to="low"), "questionnaire_entry"),
        (changed("profiles", 0, "all", to="?"), "questionnaire_value"),
        (changed("profiles", 0, "all", without=True), "questionnaire_value"),
        (changed("profiles", 0, "marks", "9.9", to="+"), "questionnaire_no_item"),
        (changed("profiles", 0, "marks", "1.1", to=["+"]), "questionnaire_value"),
        (changed("profiles", 0, "marks", to="+"), "questionnaire_entry"),
        (changed("profiles", to=GOOD["profiles"] * 2), "questionnaire_twice"),
    ],
)
def test_a_fault_of_the_file_is_named(tmp_path, tree, code):
    _, problems = read_questionnaire(write(tmp_path, tree), "questionnaires/own.yaml")
    assert code in [p.code for p in problems]
    for language in LANGUAGES:
        for problem in problems:
            said = line(problem, language)
            assert "questionnaires/own.yaml" in said
            assert "…" not in said.replace("1, 2, 3 …", "").replace("planning …", "")


def test_every_fault_is_told_at_once(tmp_path):
    tree = changed("sections", 1, "items", 0, "weight", to=-1)
    tree["version"] = "x"
    del tree["sections"][0]["items"][0]["metric"]["ru"]
    with pytest.raises(InputError) as failure:
        load_questionnaire(write(tmp_path, tree))
    assert [(p.code, p.facts.get("entry")) for p in failure.value.problems] == [
        ("questionnaire_value", "own"),
        ("questionnaire_words", "1.1"),
        ("questionnaire_value", "2.1"),
    ]


@pytest.mark.parametrize("content", [b"sections:\n  - id: [", b"\xff\xfe\x00", b"a: *nobody"])
def test_a_file_that_is_no_yaml_is_one_problem(tmp_path, content):
    path = tmp_path / "own.yaml"
    path.write_bytes(content)
    _, problems = read_questionnaire(path, "own.yaml")
    assert [p.code for p in problems] == ["questionnaire_unreadable"]


def test_a_bad_file_leaves_the_others_readable(tmp_path):
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, name="other")
    made, problems = load_questionnaires(tmp_path)
    assert [q.id for q in made] == ["own"]
    assert [(p.code, p.place.file) for p in problems] == [("questionnaire_id", "other.yaml")]


class TestShipped:
    """The questionnaires that come with the program."""

    def test_there_are_nine_without_a_fault(self):
        made, problems = load_questionnaires(templates() / "questionnaires")
        assert [line(p, "en") for p in problems] == []
        assert [q.id for q in made] == [
            "controllability", "client_relations", "customer_care_rules", "managed_process",
            "partner_programme", "reputation_management", "sewell_rules", "strategy_factors",
            "trust_instruments",
        ]  # fmt: skip

    def test_the_controllability_questionnaire_is_the_sources(self, control):
        counts = [len(section.items) for section in control.whole().sections]
        assert counts == [14, 5, 4, 8]
        assert [i.id for i in control.items if not i.default] == ["2.3", "4.9"]
        assert set(control.aspects) == {
            "planning", "organisation", "control", "activation", "analysis",
        }  # fmt: skip
        assert all(item.aspect for item in control.items)

    def test_no_questionnaire_shares_a_title_with_another(self, questionnaires):
        for language in LANGUAGES:
            titles = [q.title[language] for q in questionnaires]
            assert len(set(titles)) == len(titles)

    def test_items_of_one_questionnaire_differ_in_words_unless_they_say_so(self, questionnaires):
        for one in questionnaires:
            for language in LANGUAGES:
                wordings = [i.wording[language] for i in one.items if not i.repeats]
                assert len(set(wordings)) == len(wordings), (one.id, language)


@pytest.mark.parametrize("title", ["Controllability of work with customers", "controllability"])
def test_a_form_filled_in_under_a_former_title_is_still_read(title):
    shipped, _ = load_questionnaires(templates() / "questionnaires")
    names = Names(questionnaires=shipped)
    assert names.questionnaire(title) == "controllability"
