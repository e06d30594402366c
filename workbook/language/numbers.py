"""Numbers, dates and money as a reader of the language writes them (CLDR, by Babel).

Every formatter takes a value and returns text; a missing value (None or NaN) is an en dash.
Minus is U+2212, there is no negative zero, and thousands are separated by a no-break space
in Russian and Slovak.
"""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_currency, format_currency, format_decimal

from workbook.language.languages import Writing, language_of
from workbook.language.money_scale import MoneyScale
from workbook.language.period_labels import CASES, period_words

MISSING = "–"
NO_BREAK = "\u00a0"
MINUS = "\u2212"


def _absent(value: object) -> bool:
    return value is None or (isinstance(value, float) and not math.isfinite(value))


@dataclass(frozen=True)
class NumberFormats:
    """Formatters of one language; ``currency`` is an ISO 4217 code.

    The names usable in texts (``{share:pct}``) are the keys of :meth:`write`.
    """

    language: str
    currency: str = "EUR"

    @cached_property
    def locale(self) -> Locale:
        """Babel's locale of the language."""
        return Locale.parse(language_of(self.language).locale)

    @property
    def _writing(self) -> Writing:
        return language_of(self.language).writing

    def country(self, code: str) -> str:
        """Write the name of a country by its ISO 3166 code; the code where CLDR has no name."""
        return str(self.locale.territories.get(code, code))

    def decimal(self, value: float | None, digits: int = 0, *, sign: bool = False) -> str:
        """Write a number with exactly ``digits`` decimals; ``sign`` shows plus as well."""
        if value is None or _absent(value):
            return MISSING
        rounded = round(float(value), digits)
        if rounded == 0:
            rounded = 0.0  # no negative zero
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        text = str(format_decimal(abs(rounded), format=pattern, locale=self.locale))
        if rounded < 0:
            return MINUS + text
        return "+" + text if sign and rounded > 0 else text

    def percent(self, value: float | None, digits: int = 0) -> str:
        """Write a share 0-1 as a percentage: ``31 %`` (ru, sk), ``31%`` (en)."""
        if value is None or _absent(value):
            return MISSING
        text = self.decimal(value * 100, digits)
        return text + self._writing.percent

    def p_value(self, value: float | None) -> str:
        """Write a p value with three decimals, or as below 0.001."""
        if value is None or _absent(value):
            return MISSING
        if value < 0.001:
            return "<\u00a0" + self.decimal(0.001, 3)
        return self.decimal(value, 3)

    def money(self, value: float | None) -> str:
        """Write money shortly: ``41 млн ₽``, ``€1.2M``."""
        if value is None or _absent(value):
            return MISSING
        size = abs(value)
        if size < 10_000:
            return self.money_full(value)
        lead = size
        while lead >= 1000:
            lead /= 1000
        digits = 0 if lead >= 100 else 1
        text = format_compact_currency(
            size, self.currency, locale=self.locale, fraction_digits=digits
        )
        return (MINUS if value < 0 else "") + _no_empty_decimal(str(text))

    def money_full(self, value: float | None) -> str:
        """Write money in whole units: ``1 234 ₽``."""
        if value is None or _absent(value):
            return MISSING
        rounded = round(float(value))
        text = format_currency(
            abs(rounded),
            self.currency,
            locale=self.locale,
            format=_whole_pattern(self.locale),
            currency_digits=False,
        )
        return (MINUS if rounded < 0 else "") + str(text)

    def amount(self, value: float | None, scale: MoneyScale) -> str:
        """Write money as a bare number, where the unit stands elsewhere (:meth:`money_unit`)."""
        if value is None or _absent(value):
            return MISSING
        return self.decimal(value / scale.size, scale.digits)

    def money_unit(self, scale: MoneyScale) -> str:
        """Return what a column of amounts is in.

        >>> thousands = MoneyScale(1000.0)
        >>> NumberFormats("en", "GBP").money_unit(thousands)
        '£K'
        >>> NumberFormats("ru", "RUB").money_unit(MoneyScale())
        '₽'
        """
        if scale.size == 1:
            text = self.money_full(1)
        else:
            text = str(format_compact_currency(scale.size, self.currency, locale=self.locale))
        before, _, after = text.partition("1")
        gap = NO_BREAK if before[-1:].isalpha() and after else ""  # EUR K, but £K
        return (before + gap + after).strip()

    def day(self, value: date | None) -> str:
        """Write a date in the long form of the language: ``31 декабря 2025 г.``."""
        if value is None:
            return MISSING
        return str(format_date(value, format=self._writing.day, locale=self.locale))

    def day_short(self, value: date | None) -> str:
        """Write a date in figures: ``31.12.2025``; English ``31 Dec 2025``."""
        if value is None:
            return MISSING
        return str(format_date(value, format=self._writing.day_short, locale=self.locale))

    def day_month(self, value: date | None) -> str:
        """Write day and month, where the year is told elsewhere: ``31.12.``; English ``31 Dec``."""
        if value is None:
            return MISSING
        return str(format_date(value, format=self._writing.day_month, locale=self.locale))

    def period(self, label: str, case: str = "label") -> str:
        """Write a period as people call it: ``2025-Q4`` is ``IV квартал 2025``."""
        return period_words(label, case, self._writing.periods)

    def plural(self, n: float) -> str:
        """Return the CLDR plural category of ``n`` (one, few, many, other)."""
        return str(self.locale.plural_form(n))

    def write(self, value: object, name: str) -> str:
        """Write a value by the name that texts use after the colon (``pct``, ``points`` …).

        Raises
        ------
        KeyError
            When there is no format of that name.
        """
        if name in PERIODS:
            return self.period(str(value), PERIODS[name])
        if name in _DATES:
            return _DATES[name](self, value if isinstance(value, date) else None)
        number = float(value) if isinstance(value, int | float) else None
        return _NUMBERS[name](self, number)


def _whole_pattern(locale: Locale) -> str:
    """Currency pattern of the locale without decimals."""
    pattern = str(locale.currency_formats["standard"].pattern)
    return pattern.replace("0.00", "0").split(";")[0]


def _no_empty_decimal(text: str) -> str:
    """Drop ``,0`` before a unit: ``41,0 млн ₽`` -> ``41 млн ₽``."""
    for mark in (",0", ".0"):
        head, found, tail = text.partition(mark)
        if found and not tail[:1].isdigit():
            return head + tail
    return text


_NUMBERS: dict[str, Callable[[NumberFormats, float | None], str]] = {
    "count": lambda f, v: f.decimal(v),
    "dec1": lambda f, v: f.decimal(v, 1),
    "dec2": lambda f, v: f.decimal(v, 2),
    "dec3": lambda f, v: f.decimal(v, 3),
    "points": lambda f, v: f.decimal(v, 1, sign=True),
    "size1": lambda f, v: f.decimal(None if v is None else abs(v), 1),
    "signed2": lambda f, v: f.decimal(v, 2, sign=True),
    "pct": lambda f, v: f.percent(v),
    "pct1": lambda f, v: f.percent(v, 1),
    "p": lambda f, v: f.p_value(v),
    "p_is": lambda f, v: ("" if v is not None and v < 0.001 else "= ") + f.p_value(v),
    "money": lambda f, v: f.money(v),
    "money_full": lambda f, v: f.money_full(v),
}
_DATES: dict[str, Callable[[NumberFormats, date | None], str]] = {
    "day": lambda f, v: f.day(v),
    "day_short": lambda f, v: f.day_short(v),
    "day_month": lambda f, v: f.day_month(v),
}
PERIODS: Mapping[str, str] = {
    "period" if case == "label" else f"period_{case}": case for case in CASES
}
"""Names of the formats of periods, and the case of each."""
NUMBERS: Collection[str] = _NUMBERS.keys()
"""Names of the formats of numbers."""
DATES: Collection[str] = _DATES.keys()
"""Names of the formats of days."""
