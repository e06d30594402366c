"""YAML: words as they are written, errors with their line, shipped files read once."""

import shutil

import pytest
import yaml

from workbook.diagnostics.churn_reasons.sources.taxonomy_file import load_taxonomy
from workbook.language.package_data import templates
from workbook.language.yaml_text import MOST_NODES, BeyondBoundsError, yaml_values, yaml_words


@pytest.mark.bad_input("H6")
def test_words_are_not_interpreted_and_values_are() -> None:
    text = "{a: yes, b: 1.10, c: 2025-01-01, d: null}"
    assert yaml_words(text) == {"a": "yes", "b": "1.10", "c": "2025-01-01", "d": "null"}
    assert yaml_values("{a: true, b: 1.5}") == {"a": True, "b": 1.5}


@pytest.mark.parametrize(
    "text",
    ["a: [1,\n", "a: b\n  c: d\n", "a: *missing\n", "a: 'open\n\n", "a: \x07\n", "\ta: b: c\n"],
)
def test_a_damaged_text_is_told_as_the_loader_in_python_tells_it(text: str) -> None:
    with pytest.raises(yaml.YAMLError) as plain:
        yaml.load(text, Loader=yaml.BaseLoader)
    with pytest.raises(yaml.YAMLError) as ours:
        yaml_words(text)
    assert (type(ours.value), str(ours.value)) == (type(plain.value), str(plain.value))


@pytest.mark.parametrize("nested", ["[" * 100_000, "- " * 100_000 + "x", "{a: " * 100_000])
def test_absurd_nesting_is_an_error_and_no_crash(nested: str) -> None:
    with pytest.raises(BeyondBoundsError) as refused:
        yaml_words(nested)
    assert (refused.value.code, refused.value.line) == ("yaml_too_deep", 1)


def test_references_are_read_and_counted_with_what_they_stand_for() -> None:
    """A few lines of them stand for billions of words."""
    assert yaml_words("a: &a [x, y]\nb: *a\n") == {"a": ["x", "y"], "b": ["x", "y"]}
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    with pytest.raises(BeyondBoundsError) as refused:
        yaml_words("\n".join(lines))
    assert (refused.value.code, refused.value.line) == ("yaml_too_long", 5)


@pytest.mark.parametrize("text", ["a: &a [*a]\n", "- &b {c: {d: *b}}\n"])
def test_a_reference_to_what_it_is_part_of_is_refused(text: str) -> None:
    with pytest.raises(BeyondBoundsError) as refused:
        yaml_words(text)
    assert refused.value.code == "yaml_reference"


@pytest.mark.bad_input("H6")
def test_more_entries_than_a_person_writes_are_refused() -> None:
    assert len(yaml_words("- a\n" * (MOST_NODES - 2))) == MOST_NODES - 2
    with pytest.raises(BeyondBoundsError) as refused:
        yaml_words("- a\n" * MOST_NODES)
    assert (refused.value.code, refused.value.line) == ("yaml_too_long", MOST_NODES - 1)


def test_a_shipped_file_is_read_once_and_a_clients_file_each_time(tmp_path) -> None:
    shipped = templates() / "reasons.yaml"
    assert load_taxonomy(shipped) is load_taxonomy(shipped)
    own = tmp_path / "reasons.yaml"
    shutil.copy(shipped, own)
    before = load_taxonomy(own)
    own.write_text(own.read_text("utf-8").replace("{en: Price", "{en: Cost", 1), "utf-8")
    assert before == load_taxonomy(shipped)
    assert load_taxonomy(own) != before
