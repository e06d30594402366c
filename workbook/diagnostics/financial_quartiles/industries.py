"""Industries: codes of the Russian classifier OKVED 2 (NACE Rev. 2), from six digits to all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ALL = "all"
SECTION = "section"
DIGITS = ("2", "3", "4", "5", "6")
LEVELS = (ALL, SECTION, *DIGITS)
"""From the widest to the narrowest."""
_CODE = re.compile(r"\d\d(\.\d(\d(\.\d\d?)?)?)?", re.ASCII)
# The sections are part of the standard (Regulation (EC) No 1893/2006), which has not changed since
# 2008: a table here, not a file, so that nothing need be read to score a statement.
_FIRST_AND_LAST_CLASS = {
    "A": (1, 3), "B": (5, 9), "C": (10, 33), "D": (35, 35), "E": (36, 39), "F": (41, 43),
    "G": (45, 47), "H": (49, 53), "I": (55, 56), "J": (58, 63), "K": (64, 66), "L": (68, 68),
    "M": (69, 75), "N": (77, 82), "O": (84, 84), "P": (85, 85), "Q": (86, 88), "R": (90, 93),
    "S": (94, 96), "T": (97, 98), "U": (99, 99),
}  # fmt: skip
SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        letter: tuple(f"{number:02d}" for number in range(first, last + 1))
        for letter, (first, last) in _FIRST_AND_LAST_CLASS.items()
    }
)
"""Two-digit classes by the letter of their section."""
SECTION_OF: Mapping[str, str] = MappingProxyType(
    {number: letter for letter, classes in SECTIONS.items() for number in classes}
)
"""Letter of the section by two-digit class."""
_SHARED_DIGITS = 4
"""So many digits are NACE Rev. 2 in every national classification; further ones are national."""
_NATIONAL: Mapping[str, str] = MappingProxyType({"RU": "okved", "SK": "sk_nace", "GB": "uk_sic"})
"""National classification by country."""
_HOME_OF: Mapping[str, str] = MappingProxyType({"RUB": "RU", "GBP": "GB", "ru": "RU", "sk": "SK"})
"""Country by a currency of one country alone, and by a language of the reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustryGroup:
    """A group of companies by industry."""

    level: str
    """One of :data:`LEVELS`; digits count without dots: 68.20.2 is of level 5."""
    code: str
    """OKVED code with dots, letter of a section, empty for all."""


def is_okved(code: str) -> bool:
    """Return whether this is a code of two to six digits in a class that exists.

    >>> is_okved("68.20.2"), is_okved("68.2"), is_okved("6820"), is_okved("04.10")
    (True, True, False, False)
    """
    return bool(_CODE.fullmatch(code)) and code[:2] in SECTION_OF


def is_industry(code: str) -> bool:
    """Return whether this is a code of the classifier or the letter of one of its sections.

    >>> is_industry("68.20.2"), is_industry("L"), is_industry("Z"), is_industry("")
    (True, True, False, False)
    """
    return code in SECTIONS or is_okved(code)


def path_of(okved: str) -> tuple[IndustryGroup, ...]:
    """Return the groups that a company belongs to, the narrowest first.

    Parameters
    ----------
    okved
        A code with dots, the letter of a section, or an empty text: all companies only.

    Raises
    ------
    ValueError
        When there is no such code.

    Examples
    --------
    >>> [group.code for group in path_of("68.20.2")]
    ['68.20.2', '68.20', '68.2', '68', 'L', '']
    """
    everyone = IndustryGroup(level=ALL, code="")
    if not okved:
        return (everyone,)
    if okved in SECTIONS:
        return IndustryGroup(level=SECTION, code=okved), everyone
    if not is_okved(okved):
        raise ValueError(f"not a code of OKVED: {okved!r}")
    digits = okved.replace(".", "")
    narrow = [
        IndustryGroup(level=str(n), code=dotted(digits[:n])) for n in range(len(digits), 1, -1)
    ]
    return *narrow, IndustryGroup(level=SECTION, code=SECTION_OF[okved[:2]]), everyone


def home_of(country: str, *, currency: str, language: str) -> str:
    """Return the country whose words a reader expects: the one told, else by currency or language.

    >>> home_of("SK", currency="EUR", language="en"), home_of("", currency="GBP", language="en")
    ('SK', 'GB')
    >>> home_of("", currency="EUR", language="sk"), home_of("", currency="EUR", language="en")
    ('SK', '')
    """
    return country or _HOME_OF.get(currency, "") or _HOME_OF.get(language, "")


def classification_of(code: str, *, home: str, base: str) -> str:
    """Return the classification to name beside a code of the reference base.

    Parameters
    ----------
    code
        A code with dots; up to four digits it means the same in the classification of every
        country.
    home, base
        Country of the reader and of the base, empty when not known.

    Examples
    --------
    >>> classification_of("45.20", home="SK", base="RU")
    'sk_nace'
    >>> classification_of("68.20.2", home="SK", base="RU")
    'okved'
    """
    shared = len(code.replace(".", "")) <= _SHARED_DIGITS
    return _NATIONAL.get(home if shared else base or home, "nace")


def dotted(digits: str) -> str:
    """Return digits as the classifier writes them.

    >>> dotted("68"), dotted("682"), dotted("68202")
    ('68', '68.2', '68.20.2')
    """
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6]) if part)
