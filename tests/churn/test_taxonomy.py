"""The file of reasons: the shipped one, matching, and every fault at once."""

import pytest
import yaml

from workbook.diagnostics.churn_reasons.reason_text import named, parts
from workbook.diagnostics.churn_reasons.sources.taxonomy_file import (
    OWNERS,
    load_taxonomy,
    read_taxonomy,
)
from workbook.errors import InputError
from workbook.language.problems import line

GROUP = {
    "id": "price", "label": {"en": "Price", "ru": "Цена", "sk": "Cena"}, "owner": "sales",
    "preventable": "yes", "reasons": [],
}  # fmt: skip


def write(tmp_path, tree):
    path = tmp_path / "reasons.yaml"
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    return path


def test_the_shipped_reasons_have_two_levels_and_every_owner(taxonomy):
    groups = {r.id for r in taxonomy.reasons if r.id == r.group}
    assert len(groups) >= 8
    assert {r.owner for r in taxonomy.reasons} == set(OWNERS)
    assert all(set(r.label) == {"en", "ru", "sk"} for r in taxonomy.reasons)
    external = {r.id for r in taxonomy.reasons if r.preventable is False}
    assert external == {
        "external", "need_ended", "customer_closed", "moved_away", "death",
    }  # fmt: skip
    assert taxonomy.get(taxonomy.unknown).preventable is None


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("ХАМСТВО", "rudeness"),
        ("  ещё  ", None),
        ("uz nepotrebuje", "need_ended"),  # typed without diacritics
        ("rudeness!", "rudeness"),
        ("late_delivery", "late_delivery"),
        ("Price and terms", "price_terms"),
        ("Неизвестно", "unknown"),
        ("None", None),
    ],
)
def test_words_are_matched_by_label_alias_or_id(taxonomy, words, reason):
    known = taxonomy.find(words)
    assert (known.id if known else None) == reason


def test_the_nearest_reason_is_offered_where_one_is_alike(taxonomy):
    assert taxonomy.nearest("Срыв сроков потсавки", "ru") == "Срыв сроков поставки"
    assert taxonomy.nearest("qqqqq", "ru") == ""


def test_empty_parts_of_a_list_are_nothing(taxonomy):
    assert parts(" price;; ;\nrudeness; - ") == ["price", "rudeness"]
    rows = named(["price; цена;price", "", ";"], taxonomy)
    assert rows.lists == (("price_high",), (), ())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"groups": []}, "reasons_no_groups"),
        ({"unknown": "nobody"}, "reasons_no_unknown"),
        ({"grups": []}, "reasons_key"),
        ({"groups": ["price"]}, "reasons_entry"),
        ({"groups": [GROUP | {"id": "Price!"}]}, "reasons_id"),
        ({"groups": [GROUP | {"label": {"en": "Price"}}]}, "reasons_label"),
        ({"groups": [GROUP | {"owner": "nobody"}]}, "reasons_choice"),
        ({"groups": [GROUP | {"aliases": "dear"}]}, "reasons_aliases"),
        ({"groups": [GROUP, GROUP | {"id": "price2"}]}, "reasons_twice"),
        ({"groups": [GROUP | {"reasons": "none"}]}, "reasons_entry"),
    ],
)
def test_a_fault_of_the_file_is_named(tmp_path, change, code):
    _, problems = read_taxonomy(write(tmp_path, {"unknown": "price", "groups": [GROUP]} | change))
    assert code in {p.code for p in problems}
    for language in ("en", "ru", "sk"):
        assert all("reasons.yaml" in line(p, language) for p in problems)


def test_all_faults_are_told_at_once_each_with_its_entry(tmp_path):
    reason = {"id": "A B", "label": {"en": "High", "ru": "a;b"}, "ownr": "sales"}
    tree = {
        "unknown": "price",
        "grups": [],
        "groups": [GROUP | {"owner": "q", "reasons": [reason]}],
    }
    found, problems = read_taxonomy(write(tmp_path, tree))
    assert found is None
    told = {(p.code, p.found): (p.facts.get("entry"), p.facts.get("nearest")) for p in problems}
    assert told == {
        ("reasons_key", "grups"): (None, "groups"),
        ("reasons_choice", "q"): ("price", None),
        ("reasons_id", "A B"): ("1.1", None),
        ("reasons_label", "a;b"): ("A B", None),
        ("reasons_label", ""): ("A B", None),
        ("reasons_key", "ownr"): ("A B", "owner"),
    }
    (choice,) = [p for p in problems if p.code == "reasons_choice"]
    assert (choice.facts["key"], choice.facts["expected"]) == ("owner", ", ".join(OWNERS))


def test_a_reason_has_of_its_group_what_it_does_not_say(tmp_path):
    own = {"id": "rise", "label": {"en": "Rise", "ru": "Рост", "sk": "Rast"}, "preventable": "no"}
    group = GROUP | {"instrument": "making_good", "reasons": [own]}
    found, problems = read_taxonomy(write(tmp_path, {"unknown": "price", "groups": [group]}))
    assert not problems
    rise = found.get("rise")
    assert (rise.group, rise.owner, rise.preventable) == ("price", "sales", False)
    assert rise.instrument == "making_good"


def test_a_file_that_is_no_yaml_says_where(tmp_path):
    path = tmp_path / "reasons.yaml"
    path.write_text("groups:\n  - id: [", encoding="utf-8")
    with pytest.raises(InputError) as failure:
        load_taxonomy(path)
    assert [p.code for p in failure.value.problems] == ["reasons_unreadable"]


def test_a_plain_file_is_enough(tmp_path):
    own = load_taxonomy(write(tmp_path, {"unknown": "price", "groups": [GROUP]}))
    assert [(r.id, r.owner, r.preventable, r.instrument) for r in own.reasons] == [
        ("price", "sales", True, None)
    ]
