"""Numbers and dates are written as a reader of the language writes them."""

from datetime import date

import pytest

from workbook.language.numbers import NumberFormats

NBSP = "\u00a0"
RU, SK, EN = NumberFormats("ru", "RUB"), NumberFormats("sk", "EUR"), NumberFormats("en", "GBP")


@pytest.mark.parametrize(
    ("formats", "value", "name", "expected"),
    [
        (RU, 1234.5, "dec1", f"1{NBSP}234,5"),
        (SK, 1234.5, "dec1", f"1{NBSP}234,5"),
        (EN, 1234.5, "dec1", "1,234.5"),
        (RU, 0.314, "pct", f"31{NBSP}%"),
        (SK, 0.314, "pct", f"31{NBSP}%"),
        (EN, 0.314, "pct", "31%"),
        (EN, -2.39, "points", "\u22122.4"),
        (EN, 24.5, "points", "+24.5"),
        (EN, -0.04, "points", "0.0"),
        (RU, 1234, "money_full", f"1{NBSP}234{NBSP}₽"),
        (RU, 41_000_000, "money", f"41{NBSP}млн{NBSP}₽"),
        (SK, 41_260_000, "money", f"41,3{NBSP}mil.{NBSP}€"),
        (EN, -41_260_000, "money", "\u2212£41.3M"),
        (EN, 999, "money", "£999"),
        (RU, 0.185887, "p_is", "= 0,186"),
        (RU, 0.0003, "p_is", f"<{NBSP}0,001"),
        (EN, None, "pct", "–"),
        (EN, float("nan"), "dec1", "–"),
        (EN, float("inf"), "dec1", "–"),
        (RU, date(2025, 12, 31), "day", "31 декабря 2025\u202fг."),
        (SK, date(2025, 1, 3), "day_short", "3. 1. 2025"),
        (EN, date(2025, 1, 3), "day_short", "3 Jan 2025"),
        (EN, None, "day", "–"),
    ],
)
def test_a_value_is_written_as_in_the_language(formats, value, name, expected):
    assert formats.write(value, name) == expected


def test_an_unknown_format_name_is_a_programming_error():
    with pytest.raises(KeyError):
        EN.write(1, "percentage")


@pytest.mark.parametrize(
    ("formats", "n", "form"),
    [
        (RU, 1, "one"), (RU, 2, "few"), (RU, 5, "many"), (RU, 21, "one"), (RU, 11, "many"),
        (SK, 1, "one"), (SK, 2, "few"), (SK, 4, "few"), (SK, 5, "other"), (SK, 0, "other"),
        (EN, 1, "one"), (EN, 2, "other"),
    ],
)  # fmt: skip
def test_the_plural_form_follows_cldr(formats, n, form):
    assert formats.plural(n) == form


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Russia"), ("ru", "Россия"), ("sk", "Rusko")]
)
def test_a_country_is_called_by_its_name(language, name):
    assert NumberFormats(language).country("RU") == name
    assert NumberFormats(language).country("XX-1") == "XX-1"
