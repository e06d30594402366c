"""The key of spellings: equal for spellings of one thing, different for different things."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.language.spelling import (
    DASHES,
    DOUBLE_QUOTES,
    SINGLE_QUOTES,
    difference,
    id_keys,
    spelling_key,
    spelling_keys,
)

ONE = [
    ('ООО "К"', "ООО «К»"),
    ("ООО „К“", "ООО “К”"),
    ("ООО 'К'", "ооо К"),
    ("О.О.О. К", "ООО К"),
    ('ООО "Клиент 0"', "ООО «Клиент 0»"),
    ("С-001", "C-001"),  # Cyrillic, Latin
    ("А1", "A1"),
    ("ОПТ", "OПT"),
    ("Oпт", "опт"),
    ("В2В", "b2b"),
    ("1001", "1001.0"),
    ("1001", "1001,00"),
    ("1001", "'1001"),
    ("1 001", "1001"),
    ("1\u00a0234\u00a0567", "1234567"),
    ("Иванова О. П.", "Иванова О.П. "),
    ("Иванова О. П", "иванова  о.п."),
    ("Ивaнова О. П.", "Иванова О. П."),
    ("Семёнов", "Семенов"),
    ("Tatra s. r. o.", "Tatra s.r.o."),
    ("ул. Ленина", "ул.Ленина"),
    ("кв. 5", "кв.5"),
    ("Север-1", "Север — 1"),
    ("A–1", "A-1"),
    ("A−1", "A-1"),
    ("Опт\u200b", "Опт"),
    ("О\u00adпт", "Опт"),
    ("Опт\ufeff", "Опт"),
    ("№ 5", "No5"),
    ("ＡＢＣ", "abc"),
    ("м²", "м2"),
    ("anna0@x.ru", "Anna0@X.ru"),
    ("O’Brien", "O'Brien"),
    ('L\'Or "Клиент 0"', "L'Or Клиент 0"),
    ("L'Or «Клиент 0»", "LOr Клиент 0"),
    ("e\u0301clair", "éclair"),
    ("Žilina", "ŽILINA"),
]
OTHER = [
    ("007", "7"),
    ("1", "00001"),
    ("007.0", "7"),
    ("1001.0", "10010"),
    ("1.10", "1.1"),
    ("1.10", "110"),
    ("1,5", "15"),
    ("2.5", "25"),
    ("A-1", "A1"),
    ("A.1", "A1"),
    ("A.11", "A1.1"),
    ("Север-1", "Север 1"),
    ("Север", "Севера"),
    ("Продукт 1 1", "Продукт 11"),
    ("12 3", "1 23"),
    ("К, ООО", "ООО К"),
    ("ООО К", "ЗАО К"),
    ("Sad", "Šad"),
    ("Май", "Маи"),
    ("B0", "BO"),
    ("З", "3"),
    ("l1", "11"),
    ('Труба 5"', "Труба 5"),
    ('Труба 5"', "Труба 5'"),
    ("ann.a@x.ru", "anna@x.ru"),
    ("a_1", "a1"),
    ("A/1", "A1"),
    ("C+", "C"),
    ("C++", "C#"),
    ("10%", "10"),
    ("+1", "1"),
    ("-1", "1"),
    ("Опт (Юг)", "Опт Юг"),
    ("客户", "客戶"),
    ("-", "+"),
    ('"', "'"),
]


@pytest.mark.parametrize(("one", "two"), ONE)
def test_spellings_of_one_thing_have_one_key(one, two):
    assert spelling_key(one) == spelling_key(two)


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_different_things_have_different_keys(one, two):
    assert spelling_key(one) != spelling_key(two)


def test_identifiers_do_not_see_a_space():
    assert len(set(id_keys(["77 08", "7708", "770 8"]))) == 1
    assert len(set(id_keys(["A-1", "A1", "A 2"]))) == 3


def test_a_text_of_signs_alone_keeps_them():
    assert spelling_keys(["«»", " ' ", "-", "", "\u200b"]) == ["«»", "'", "-", "", "\u200b"]


TEXTS = st.text(max_size=30)
NAMES = st.text(string.ascii_letters + string.digits + "абвгдежзийклмнопрстуфхцчшщыэюя", min_size=1)


@given(TEXTS)
def test_the_key_of_a_key_is_the_key(text):
    key = spelling_key(text)
    assert spelling_key(key) == key


@given(st.lists(TEXTS, max_size=8))
def test_keys_at_once_are_the_keys_one_by_one(texts):
    assert spelling_keys(texts) == [spelling_key(text) for text in texts]
    assert id_keys(texts) == [id_keys([text])[0] for text in texts]


@given(NAMES)
def test_capitals_do_not_count(name):
    assert spelling_key(name) == spelling_key(name.lower()) == spelling_key(name.upper())


@given(NAMES, st.data())
def test_quotes_around_a_name_do_not_count(name, data):
    pair = data.draw(st.sampled_from(["«»", "“”", "„“", '""', "''", "‘’", "``"]))
    assert spelling_key(pair[0] + name + pair[1]) == spelling_key(name)


@given(NAMES, st.data())
def test_what_cannot_be_seen_does_not_count(name, data):
    at = data.draw(st.integers(0, len(name)))
    unseen = data.draw(st.sampled_from("\u200b\u200d\u2060\ufeff\u00ad\u200e\u202b\x07"))
    assert spelling_key(name[:at] + unseen + name[at:]) == spelling_key(name)


@given(st.lists(NAMES, min_size=2, max_size=4), st.data())
def test_the_kind_of_a_space_does_not_count(words, data):
    spaces = data.draw(st.sampled_from([" ", "\u00a0", "\u2009", "  ", "\t", "\n", "\u3000"]))
    assert spelling_key(spaces.join(words)) == spelling_key(f" {' '.join(words)} ")


@given(NAMES, NAMES, st.sampled_from(DASHES), st.sampled_from(["", " "]))
def test_the_kind_of_a_dash_does_not_count(one, two, dash, space):
    assert spelling_key(f"{one}{space}{dash}{space}{two}") == spelling_key(f"{one}-{two}")


@given(NAMES, st.randoms(use_true_random=False))
def test_look_alike_letters_do_not_count(name, chance):
    twins = dict(zip("АВЕКМНОРСТУХасеорху", "ABEKMHOPCTYXaceopxy", strict=True))
    mixed = "".join(chance.choice([c, twins.get(c, c)]) for c in name)
    assert spelling_key(mixed) == spelling_key(name)


@given(st.integers(0, 10**12), st.integers(1, 3))
def test_point_zero_of_a_whole_number_does_not_count(number, zeros):
    assert spelling_key(f"{number}.{'0' * zeros}") == spelling_key(str(number))


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 3))
def test_numbers_are_one_only_when_they_are_written_alike(one, two, zeros):
    first, second = str(one), "0" * zeros + str(two)
    assert (spelling_key(first) == spelling_key(second)) == (first == second)


@pytest.mark.parametrize(
    ("text", "other", "unlike"),
    [
        ("Ивaнова", "Иванова", "lat. a"),
        ("Иванова", "Ивaнова", "cyr. а"),
        ("CO-1", "СО-1", "lat. C, lat. O"),
        ("Опт\u00a0", "Опт", "U+00A0"),
        ("О\u00adпт", "Опт", "U+00AD"),
        ("ОПТ", "Опт", ""),
        ("Опт", "Опт", ""),
        ("b2b", "в2в", ""),
    ],
)
def test_what_the_eye_cannot_tell_is_told(text, other, unlike):
    assert difference(text, other) == unlike


PLAIN = st.text(string.ascii_letters + string.digits, min_size=1)


@given(PLAIN, PLAIN)
def test_plain_names_differ_when_more_than_capitals_differ(one, two):
    """Without Cyrillic letters nothing looks like anything else."""
    assert (spelling_key(one) == spelling_key(two)) == (one.casefold() == two.casefold())


def test_every_quote_is_known_once():
    assert len(set(SINGLE_QUOTES + DOUBLE_QUOTES)) == len(SINGLE_QUOTES + DOUBLE_QUOTES)
