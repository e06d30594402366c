"""Words of an answer reduced to their dictionary forms.

Works offline with the dictionaries inside pymorphy3 (Russian) and simplemma (Slovak, English and
fifty others); the language's data file says which.  They are opened at the first word of their
language (:mod:`workbook.language.kept_words`), and every word is looked up once.  Forms are
*folded*: lower case, ``ё`` as ``е``, no diacritics in Latin letters, because people leave them out
when they type.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from workbook.language.kept_words import KeptDictionaries
from workbook.language.languages import language_of
from workbook.language.package_data import cache_folder

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_BREAK = re.compile(r"[.,;:!?()\[\]/\n\r…«»\"]|\s[-–—]\s")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z\u00c0-\u024f]", re.IGNORECASE)
_SCRIPTS = {"cyrillic": _CYRILLIC, "latin": _LATIN}
# A parse of pymorphy3 below this probability is a homonym that business answers do not mean.
_LIKELY = 0.02


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, folded."""

    form: str
    """As written."""
    lemmas: frozenset[str]
    """Its dictionary forms; Russian words may have several."""


def fold(text: str) -> str:
    """Return the text in lower case, ``ё`` as ``е``, Latin letters without diacritics.

    >>> fold("Žiadne zľavy, ещё")
    'ziadne zlavy, еще'
    """
    plain = "".join(map(_plain, unicodedata.normalize("NFC", text.casefold())))
    return unicodedata.normalize("NFC", plain)


def clauses(text: str, language: str) -> tuple[tuple[Word, ...], ...]:
    """Return the words of a text by clause.

    Punctuation and conjunctions part clauses: "quality and service" are two subjects, "quality
    of service" is one.
    """
    plain = unicodedata.normalize("NFC", text).casefold()
    joints = frozenset(language_of(language).text.conjunctions)
    found: list[tuple[Word, ...]] = []
    for part in _BREAK.split(plain):
        tokens = _WORD.findall(part)
        for is_joint, run in groupby(tokens, joints.__contains__):
            if not is_joint:
                found.append(tuple(_word(token, language) for token in run))
    return tuple(found)


@lru_cache(maxsize=100_000)
def _word(token: str, language: str) -> Word:
    return Word(fold(token), lemmas(token, language))


def lemmas(word: str, language: str, *, likeliest: bool = False) -> frozenset[str]:
    """Return the folded dictionary forms of one word; only the likeliest on request.

    Raises
    ------
    ValueError
        When there is no such language.
    """
    if language_of(language).dictionary == "pymorphy3":
        parses = _analyzer(language).parse(word)
        good = parses[:1] if likeliest else [p for p in parses if p.score >= _LIKELY]
        return frozenset(fold(p.normal_form) for p in good)
    return frozenset((fold(_lemmatize(word, language)),))


def bare(text: str) -> str:
    """Return the folded words of a text without punctuation: ``N/A!`` is ``n a``."""
    return " ".join(_WORD.findall(fold(text)))


def written_in(text: str, language: str) -> bool:
    """Return whether the text has letters of the language's script."""
    return _SCRIPTS[language_of(language).script].search(text) is not None


def has_letters(text: str) -> bool:
    """Return whether the text has any letter at all (an emoji or a dash has none)."""
    return any(char.isalpha() for char in text)


@cache
def _plain(char: str) -> str:
    if char == "ё":
        return "е"
    if not _LATIN.match(char):
        return char
    return "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))


@cache
def _analyzer(language: str) -> Any:
    import pymorphy3  # 8 MB of dictionary: only when Russian is read

    return pymorphy3.MorphAnalyzer(lang=language)


def _lemmatize(word: str, language: str) -> str:
    return str(_lemmatizer().lemmatize(word, lang=language))


@cache
def _dictionaries() -> KeptDictionaries:
    return KeptDictionaries(cache_folder())


@cache
def _lemmatizer() -> Any:
    from simplemma import Lemmatizer  # only when a language of its dictionaries is read
    from simplemma.strategies import DefaultStrategy

    strategy = DefaultStrategy(dictionary_factory=_dictionaries())
    return Lemmatizer(lemmatization_strategy=strategy)


def read_whole_dictionaries() -> None:
    """Read the rest of those that were looked into: for a process that others are forked from."""
    _dictionaries().read_whole()
