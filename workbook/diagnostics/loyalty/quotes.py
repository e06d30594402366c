"""What respondents wrote, fit to be shown: cleaned, masked, cut, and well chosen."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

QUOTE_LIMIT = 200
"""Characters of a quote; the rest is cut with an ellipsis."""
MASK = "•••"
_GOOD_LENGTH = range(40, 161)
_BEST_LENGTH = 90
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Nine to fourteen digits that do not go on from a longer number or date.
_PHONE = re.compile(
    r"(?<!\d)(?<!\d[.,/-])\+?\d(?:[ \u00a0()./\u2010-\u2015-]{0,2}\d){8,13}(?!\w|[.,/-]\d)"
)
_MARKS_PER_LETTER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCandidate:
    """An answer that may be shown under a theme."""

    text: str
    score: int
    themes: int
    """How many themes it names: one makes the clearest quote."""
    confirmed: bool
    """A person confirmed its themes."""


def shown(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Return a text as a report may show it.

    E-mail addresses and telephone numbers are masked, control characters, direction overrides
    and piled-up accents dropped, white space joined, and what is over ``limit`` cut at a word.

    >>> shown("Звоните Ивану +7 (912) 345-67-89,  ivan@firma.ru")
    'Звоните Ивану •••, •••'
    """
    plain = " ".join(_legible(text[: 10 * limit]).split())
    plain = _PHONE.sub(MASK, _EMAIL.sub(MASK, plain))
    if len(plain) <= limit and len(text) <= 10 * limit:
        return plain
    head = plain[: limit - 1]
    cut = head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head
    return cut.rstrip(" ,;:.-–—") + "…"


def best(candidates: Iterable[QuoteCandidate], count: int = 3) -> tuple[tuple[str, int], ...]:
    """Return up to ``count`` different quotes with their scores, shortest first.

    Those come first that a person coded, that are 40 to 160 characters long and that speak of
    this theme only; the choice depends on nothing but the answers.
    """
    chosen: dict[str, tuple[str, int]] = {}
    for candidate in sorted(candidates, key=_rank):
        if len(chosen) < count:
            chosen.setdefault(shown(candidate.text).casefold(), _quote(candidate))
    return tuple(sorted(chosen.values(), key=lambda quote: (len(quote[0]), quote)))


def _rank(candidate: QuoteCandidate) -> tuple[bool, bool, int, int, str, int]:
    length = len(candidate.text)
    return (
        not candidate.confirmed,
        length not in _GOOD_LENGTH,
        candidate.themes,
        abs(length - _BEST_LENGTH),
        candidate.text,
        candidate.score,
    )


def _quote(candidate: QuoteCandidate) -> tuple[str, int]:
    return shown(candidate.text), candidate.score


def _legible(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind == "Mn" else 0
        if char.isspace():
            kept.append(" ")
        elif kind[0] != "C" and marks <= _MARKS_PER_LETTER:
            kept.append(char)
    return "".join(kept)
