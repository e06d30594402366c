"""Keys, codes and masks: what a pseudonym is made of."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics import param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.fingerprint import hash_files
from workbook.errors import InputError, Location, Problem
from workbook.intake.aliases.alias_file import Alias, Aliases
from workbook.intake.anonymity.codes import SHORTEST, Codes
from workbook.intake.anonymity.key_file import NAME, make_key, read_key
from workbook.intake.anonymity.pseudonyms import anonymity_of
from workbook.intake.anonymity.told_problems import without_values
from workbook.intake.anonymity.written_list import without_formula
from workbook.intake.problems import step
from workbook.language.masking import NameMask

TOML = """
schema_version = 1
id = "acme"
client = "Acme"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
"""
KEY = bytes(range(32))


def codes_of(names, *, key=KEY, kind="customer"):
    return Codes.of(names, kind=kind, key=key)


def loaded(folder: Path, more: str = "anonymise = true\n"):
    (folder / "engagement.toml").write_text(TOML + more, "utf-8")
    return load_engagement(folder, param_types())


def codes(failure):
    return [p.code for p in failure.value.problems]


def test_a_key_is_made_once_for_this_user_only(tmp_path):
    loaded(tmp_path)
    file = tmp_path / NAME
    first = file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    loaded(tmp_path)
    assert file.read_bytes() == first
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(NAME)] == [NAME]


def test_an_engagement_with_names_gets_no_key(tmp_path):
    assert loaded(tmp_path, "").anonymise is False
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize("said", ["", "12ab", "z" * 64, "ab" * 31, "ab" * 33])
def test_a_key_that_is_not_as_it_was_made_is_one_clear_problem(tmp_path, said):
    (tmp_path / NAME).write_text(said, "utf-8")
    with pytest.raises(InputError) as failure:
        loaded(tmp_path)
    assert codes(failure) == ["anonymise_key_unusable"]


def test_a_key_that_is_a_link_or_gone_is_one_clear_problem(tmp_path):
    with pytest.raises(InputError) as failure:
        read_key(tmp_path)
    assert codes(failure) == ["file_missing"]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("ab" * 32, "utf-8")
    (tmp_path / NAME).symlink_to(elsewhere)
    with pytest.raises(InputError) as failure:
        loaded(tmp_path)
    assert codes(failure) == ["file_is_link"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_takes_no_key_is_one_clear_problem(tmp_path):
    loaded(tmp_path, "")
    tmp_path.chmod(0o500)
    with pytest.raises(InputError) as failure:
        make_key(tmp_path)
    tmp_path.chmod(0o700)
    assert codes(failure) == ["anonymise_key_not_made"]


def test_another_process_that_was_first_keeps_its_key(tmp_path, monkeypatch):
    """Both see no key; the one that comes second finds the other's."""
    monkeypatch.setattr("workbook.intake.anonymity.key_file.is_there", lambda *_: False)
    make_key(tmp_path)
    first = read_key(tmp_path)
    make_key(tmp_path)
    assert read_key(tmp_path) == first


def test_the_key_is_part_of_what_a_report_is_made_from(tmp_path):
    engagement = loaded(tmp_path)
    before = hash_files(engagement)
    (tmp_path / NAME).unlink()
    make_key(tmp_path)
    after = hash_files(engagement)
    assert before.key != after.key
    assert before.digest() != after.digest()


@pytest.mark.parametrize(
    ("said", "threshold"),
    [
        ("anonymise = true\nanonymity_threshold = 1\n", 5),
        ('anonymise = "scrub"\nanonymity_threshold = 8\n', 8),
        ("anonymity_threshold = 1\n", 1),
    ],
)
def test_under_pseudonyms_a_figure_needs_five_people_at_least(tmp_path, said, threshold):
    assert loaded(tmp_path, said).anonymity_threshold == threshold


def test_another_word_for_anonymise_is_a_problem_of_that_key(tmp_path):
    with pytest.raises(InputError) as failure:
        loaded(tmp_path, 'anonymise = "yes"\n')
    assert [p.place.column for p in failure.value.problems] == ["anonymise"]


@pytest.mark.bad_input("J12")
@given(st.sets(st.text(min_size=1, max_size=8), min_size=1, max_size=60), st.text(max_size=8))
def test_a_code_is_of_one_thing_and_stays_when_others_come(names, other):
    found, more = codes_of(names), codes_of({*names, other})
    assert len(set(found.known.values())) == len(names)
    assert all(more[name][:SHORTEST] == found[name][:SHORTEST] for name in names)
    assert found.known == codes_of(sorted(names, reverse=True)).known


def test_things_that_begin_alike_get_longer_codes(monkeypatch):
    monkeypatch.setattr("workbook.intake.anonymity.codes.SHORTEST", 1)
    found = codes_of([str(n) for n in range(400)])
    assert len(set(found.known.values())) == 400


@pytest.mark.bad_input("J12")
def test_codes_differ_by_key_and_kind():
    here = codes_of(["C-1"])["C-1"]
    assert here != codes_of(["C-1"], key=bytes(32))["C-1"]
    assert here != codes_of(["C-1"], kind="manager")["C-1"]


MASKED = [
    ("en", "Tom is great, Ashworth's team too", "••• is great, •••'s team too"),
    ("en", "Ask Zyx Corp or zyx corp ltd", "Ask ••• Corp or ••• corp ltd"),
    ("en", "write to t.a@zyx.example or +44 7700 900123", "write to ••• or •••"),
    ("en", "order 2025-11-03, 1 250 000 paid", "order 2025-11-03, 1 250 000 paid"),
]


@pytest.mark.bad_input("D11", "J12")
@pytest.mark.parametrize(("language", "text", "expected"), MASKED)
def test_names_addresses_and_numbers_are_masked(language, text, expected):
    mask = NameMask(persons=("Tom Ashworth",), organisations=("Zyx Corp Ltd",), language=language)
    assert mask.masked(text) == expected


@pytest.mark.bad_input("D11", "J12")
@pytest.mark.parametrize(
    ("language", "name", "text", "expected"),
    [
        ("ru", "Иванова Ольга Петровна", "Спасибо Ольге и Ивановой!", "Спасибо ••• и •••!"),
        ("ru", "Пётр Канарейкин", "Петру Канарейкину", "••• •••"),
        ("sk", "Ján Novák", "s Novákom a Jánom", "s ••• a •••"),
        ("sk", "Jana Kováčová", "Kováčovej sa nedovoláte", "••• sa nedovoláte"),
    ],
)
def test_inflected_names_are_masked(language, name, text, expected):
    assert NameMask(persons=(name,), language=language).masked(text) == expected


@pytest.mark.bad_input("J8")
def test_a_told_problem_quotes_no_cell_and_names_no_form():
    place = Location(file="data/forms/Anna Berg.xlsx", sheet="Anna", row=3, column="B (Mark)")
    found = Problem(
        code="x", place=place, found="Anna", facts={"n": 2, "names": "Anna", "table": "answers"}
    )
    told = without_values(found, lambda file: "data/forms/K7F2X.xlsx")
    assert told.place == Location(file="data/forms/K7F2X.xlsx", row=3, column="B (Mark)")
    assert (told.found, dict(told.facts)) == ("…", {"n": 2, "names": "…", "table": "answers"})


@pytest.mark.bad_input("F2")
@pytest.mark.parametrize("text", ["=1+1", "+7 900", "-2", "@sum", "\tx", " =1", "|x", "%x"])
def test_the_list_of_pseudonyms_holds_no_formula(text):
    assert without_formula(text).startswith("'")


def test_what_a_recipe_says_of_people_is_not_told_in_the_report():
    """A constant may be a name: ``columns.manager = {value = "Anna"}``."""
    said = step("columns_mapped", Location(), mapped={"en": "Manager ← = “Anna”"}, count=1)
    told = without_values(said, str)
    assert "Anna" not in str(dict(told.facts))
    assert told.facts["count"] == 1


def test_who_was_called_otherwise_is_masked_under_both_names(tmp_path):
    """After the aliases no table has the old name, but a free text may."""
    engagement = loaded(tmp_path)
    aliases = Aliases(lines=(Alias(kind="manager", old="Nora Kanarek", new="Nora Vrana"),))
    masked = anonymity_of(engagement, [{}], [aliases]).names.masked
    text = "Nora Kanarek never called; Nora Vrana did."
    assert not any(name in masked(text) for name in ("Kanarek", "Vrana"))
