"""Words by which a row says that it is a total: how surely, and of what."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from workbook.intake.problems import UNSEEN
from workbook.language.languages import in_all, word_pattern

_MEAN = in_all(lambda language: language.rows.means)
_WORDS = (*in_all(lambda language: language.rows.totals), *_MEAN)
_CERTAIN = frozenset(in_all(lambda language: language.rows.sure_totals))
_LINKS = in_all(lambda language: language.rows.total_links)
_THINGS = f"(?:{word_pattern(in_all(lambda language: language.rows.counted_things))})?"
_COUNTED = rf"[\d\s.,%()]*{_THINGS}[\d\s.,:()]*"
_ACCOUNTS = frozenset(in_all(lambda language: language.rows.account_words))
_SIGNS = ("₽", "rub", "rur", "eur", "€", "usd", "$", "kč", "czk")
_UNITS = f"(?:{word_pattern((*in_all(lambda language: language.rows.units), *_SIGNS))})?"
_CYRILLIC = re.compile("[а-я]")
_LATIN, _ALIKE = "aceopxymtbhk", "асеорхумтвнк"
_TO_CYRILLIC = str.maketrans(_LATIN, _ALIKE)
_EITHER = {c: f"[{c}{a}]" for a, c in zip(_LATIN, _ALIKE, strict=True)}
_EDGES = " \t\n.:,;*-–—=_|/\\\"'«»()[]"
_ANY = "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
_WHOLE = re.compile(rf"(?P<word>{_ANY})[\s.:,;=–—-]*{_COUNTED}[\s.,(]*{_UNITS}[\s.)]*")
_BEGINS = re.compile(rf"(?P<word>{_ANY})(?P<mark>[\s:.,=–—]+)(?P<rest>\S.*)")
_JOINED = re.compile(rf"(?:{_ANY})-\w.*")
_ENDS = re.compile(rf"(?P<rest>.*\S)[\s:–—-]+(?P<word>{_ANY})")
_STEMS = sorted({word[:4] for word in _WORDS})
_SIEVE = re.compile("|".join("".join(_EITHER.get(s, re.escape(s)) for s in w) for w in _STEMS))

_LETTERS = [[{sign, *_EITHER.get(sign, sign)[1:-1]} for sign in stem] for stem in _STEMS]
"""The letters of every stem, each with the one of the other alphabet that it looks like."""


class Surety(IntEnum):
    """How surely a text says that its row is a total."""

    NOT = 0
    PERHAPS = 1
    """A firm's name may begin so: ``Total Energies``."""
    SURE = 2
    """``Итого``, ``Total for Acme``, ``Subtotal North``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalLabel:
    """What the label of a row says."""

    surety: Surety
    of: str = ""
    """What is summed up, as far as the label names it: ``acme`` of ``Total for Acme``."""
    mean: bool = False
    """An average, not a sum."""


NO_TOTAL = TotalLabel(surety=Surety.NOT)


def total_label(text: str) -> TotalLabel:
    """Judge a label, in any case, with colons, dots and numbers about it.

    Examples
    --------
    >>> [total_label(text).surety.name for text in ("ИТОГО:", "Total Energies", "Acme")]
    ['SURE', 'PERHAPS', 'NOT']
    >>> total_label("Итого по Акме").of
    'акме'
    """
    bare = folded_name(text)
    if whole := _WHOLE.fullmatch(bare):
        return TotalLabel(surety=Surety.SURE, mean=whole["word"] in _MEAN)
    if _JOINED.fullmatch(bare):
        return TotalLabel(surety=Surety.PERHAPS)
    for pattern in (_BEGINS, _ENDS):
        if found := pattern.fullmatch(bare):
            return _of_part(found, begins=pattern is _BEGINS)
    return NO_TOTAL


def _of_part(found: "re.Match[str]", *, begins: bool) -> TotalLabel:
    words = found["rest"].strip(_EDGES).split()
    linked = begins and words[0] in _LINKS
    while words and words[0] in _LINKS and begins:
        words = words[1:]
    sure = linked or found["word"] in _CERTAIN or (begins and ":" in found["mark"])
    sure |= begins and words[0].strip(_EDGES) in _ACCOUNTS
    if found["word"] in _MEAN and not sure:
        return NO_TOTAL
    return TotalLabel(
        surety=Surety.SURE if sure else Surety.PERHAPS,
        of=" ".join(words).strip(_EDGES),
        mean=found["word"] in _MEAN,
    )


def possible_labels(texts: Sequence[str]) -> list[int]:
    """Return the positions of the texts that have the beginning of a total word anywhere.

    A cheap sieve for columns of a million texts before :func:`total_label` judges each.

    >>> possible_labels(["C085693", "Итoгo", "Acme total"])  # the second has Latin letters
    [1, 2]
    """
    joined = _folded("\n".join(texts))
    if not _has_letters_of_a_stem(joined) or not _SIEVE.search(joined):
        return []
    return [at for at, text in enumerate(texts) if _SIEVE.search(_folded(text))]


def _has_letters_of_a_stem(text: str) -> bool:
    """Return whether all letters of some stem are there: not so in codes, days and numbers."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    there = set(map(chr, np.flatnonzero(np.bincount(signs)).tolist()))
    return any(all(there & letters for letters in stem) for stem in _LETTERS)


def _folded(text: str) -> str:
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def folded_name(text: str) -> str:
    """Return a name as :attr:`TotalLabel.of` has it, so that the two can be compared."""
    seen = UNSEEN.sub("", str(text))
    words = _folded(seen).replace("ё", "е").split()
    return " ".join(map(_one_alphabet, words)).strip(_EDGES)


def _one_alphabet(word: str) -> str:
    """Return a word whose Latin letters among Cyrillic ones are those they look like."""
    return word.translate(_TO_CYRILLIC) if _CYRILLIC.search(word) else word
