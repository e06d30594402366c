"""Industries: codes of the Russian classifier OKVED 2 (NACE Rev. 2), from six digits to all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from workbook.language.package_data import templates
from workbook.language.yaml_text import yaml_values

ALL = "all"
SECTION = "section"
DIGITS = ("2", "3", "4", "5", "6")
LEVELS = (ALL, SECTION, *DIGITS)
"""From the widest to the narrowest."""
_CODE = re.compile(r"\d\d(\.\d(\d(\.\d\d?)?)?)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """A group of companies by industry."""

    level: str
    """One of :data:`LEVELS`; digits count without dots: 68.20.2 is of level 5."""
    code: str
    """OKVED code with dots, letter of a section, empty for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of the classifier."""

    letter: str
    classes: tuple[str, ...]
    """Its two-digit codes."""
    names: Mapping[str, str]
    """Name by language."""


@cache
def sections() -> Mapping[str, Section]:
    """Return the sections A to U by their letter."""
    facts = yaml_values((templates() / "base" / "sections.yaml").read_text("utf-8"))
    made = {letter: _section(letter, dict(names)) for letter, names in facts.items()}
    return MappingProxyType(made)


def _section(letter: str, names: dict[str, str]) -> Section:
    first, _, last = names.pop("classes").partition("-")
    numbers = range(int(first), int(last or first) + 1)
    classes = tuple(f"{number:02d}" for number in numbers)
    return Section(letter=letter, classes=classes, names=MappingProxyType(names))


@cache
def section_by_class() -> Mapping[str, str]:
    """Return the letter of the section by two-digit class."""
    return MappingProxyType({c: s.letter for s in sections().values() for c in s.classes})


def is_okved(code: str) -> bool:
    """Tell whether this is a code of two to six digits in a class that exists.

    >>> is_okved("68.20.2"), is_okved("68.2"), is_okved("6820"), is_okved("04.10")
    (True, True, False, False)
    """
    return bool(_CODE.fullmatch(code)) and code[:2] in section_by_class()


def path_of(okved: str) -> tuple[Peers, ...]:
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
    >>> [peers.code for peers in path_of("68.20.2")]
    ['68.20.2', '68.20', '68.2', '68', 'L', '']
    """
    everyone = Peers(level=ALL, code="")
    if not okved:
        return (everyone,)
    if okved in sections():
        return Peers(level=SECTION, code=okved), everyone
    if not is_okved(okved):
        raise ValueError(f"not a code of OKVED: {okved!r}")
    digits = okved.replace(".", "")
    narrow = [Peers(level=str(n), code=dotted(digits[:n])) for n in range(len(digits), 1, -1)]
    return *narrow, Peers(level=SECTION, code=section_by_class()[okved[:2]]), everyone


def dotted(digits: str) -> str:
    """Return digits as the classifier writes them.

    >>> dotted("68"), dotted("682"), dotted("68202")
    ('68', '68.2', '68.20.2')
    """
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6]) if part)
