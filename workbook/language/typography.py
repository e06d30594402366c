"""How a printed page is set: quotes inside quotes, and where no line may break.

Applied once to every text of a page, whoever wrote it: the program's sentences, names from the
client's files, the consultant's notes.  Result files and tables for Excel keep plain spaces.
"""

import re
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from babel import Locale

from workbook.language.languages import all_languages, language_of

NO_BREAK = "\u00a0"
JOINER = "\u2060"
"""Between signs that stay on one line: ranges such as 9–10."""

_QUOTES = re.compile('[«»„“”"]')
_CLOSED_BEFORE = re.compile(r"[\w.,;:!?…%₽€£)\]»“”’‘\"\u2060]")
_STRAIGHT_PAIR = re.compile(r"(?<!\w)'([^'\n]{1,200})'(?!\w)")
_UNIT = re.compile(r'(?<=\d)"')
"""Inches: a straight quote after a figure, where quotes do not pair."""
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_]|[\s.,;:!?)]|$)")
_SPACE = "[ \n\u00a0]+"
_BREAKING = re.compile("[ \n–]")
_WIDE = re.compile(" {2,}")
_FIGURE = re.compile(r"\d")
_INCH = "\x01"
_EDGE = "\x00"
"""Between the texts of one line while it is set."""
_Rule: TypeAlias = tuple["re.Pattern[str]", str]


def typeset(text: str, language: str) -> str:
    r"""Return a text as a page shows it.

    Examples
    --------
    >>> typeset('в "Ангаре" — 9–10 из 27', "ru").replace("\u00a0", "~").replace("\u2060", "^")
    'в~«Ангаре»~— 9–^10~из~27'
    >>> typeset("Никонова Е. А. и ООО «Опт»", "ru").replace("\u00a0", "~")
    'Никонова~Е.~А. и~ООО «Опт»'
    """
    told = quoted(text, language)
    if not _BREAKING.search(told):
        return told
    told = _WIDE.sub(" ", told)
    between_words, around_numbers = _rules(language)
    for pattern, into in between_words:
        told = pattern.sub(into, told)
    if _FIGURE.search(told):
        for pattern, into in around_numbers:
            told = pattern.sub(into, told)
    return told


def typeset_run(texts: list[str], language: str) -> list[str]:
    r"""Return texts that stand on one line one after another, set as one text.

    >>> typeset_run(["потеряно в ", "Сибири", " — 36"], "ru")[2].startswith("\u00a0")
    True
    """
    return typeset(_EDGE.join(texts), language).split(_EDGE)


def quoted(text: str, language: str) -> str:
    """Return a text with the quotes of its language: others inside quotes, none straight.

    A text whose quotes do not pair keeps them.

    >>> quoted("Спросить «ООО «Полимер»»", "ru"), quoted("the “so-called “best” price”", "en")
    ('Спросить «ООО „Полимер“»', 'the “so-called ‘best’ price”')
    """
    if "'" in text:
        text = _APOSTROPHE.sub("’", _STRAIGHT_PAIR.sub(r'"\1"', text))
    if not _QUOTES.search(text):
        return text
    if text.count('"') % 2 == 0:
        return _paired(text, language)
    return _paired(_UNIT.sub(_INCH, text), language).replace(_INCH, '"')


def nested(text: str, language: str) -> str:
    """Return a text whose quotes inside quotes are those of its language; others stay as they are.

    >>> nested("Спросить «ООО «Полимер»»", "ru"), nested('answer = "yes"', "ru")
    ('Спросить «ООО „Полимер“»', 'answer = "yes"')
    """
    outer = language_of(language).writing.quotes[0]
    return _paired(text, language) if outer in text and len(_QUOTES.findall(text)) > 2 else text


def _paired(text: str, language: str) -> str:
    quotes = language_of(language).writing.quotes
    made, depth, read = [], 0, 0
    for found in _QUOTES.finditer(text):
        made.append(text[read : found.start()])
        read = found.end()
        if _opens(text, found.start()):
            made.append(quotes[2 * (depth % 2)])
            depth += 1
            continue
        depth -= 1
        if depth < 0:
            return text
        made.append(quotes[2 * (depth % 2) + 1])
    return text if depth else "".join((*made, text[read:]))


def _opens(text: str, place: int) -> bool:
    if text[place] in "«„":
        return True
    if text[place] in "»”":
        return False
    before, after = text[:place].rstrip(_EDGE)[-1:], text[place + 1 :].lstrip(_EDGE)[:1]
    return bool(after) and not after.isspace() and not _CLOSED_BEFORE.match(before or " ")


@cache
def _rules(language: str) -> tuple[tuple[_Rule, ...], tuple[_Rule, ...]]:
    """Return patterns and what takes their place: those between words, those around figures."""
    known = language_of(language)
    writing = known.writing
    ends = r"(?![^\W_])"
    initial = f"[{_capitals()}]\\."
    between = _any(writing.between_numbers)
    numbers = (
        (r"\d", rf"(?=(?:{_any(writing.units)}){ends})"),
        (r"\d\.?", rf"(?=(?:{_months(known.locale)}){ends})"),
        (r"(?<![\d.,])\d{1,2}\.", rf"(?=[^\W\d_{_capitals()}]|\d{{1,2}}\.|(?:19|20)\d\d)"),
        (rf"(?<!\w)(?:{_any(writing.before_number)})", r"(?=[\d+−])"),
        (r"[\d%]", rf"(?=(?:{between}){_SPACE}\d)"),
        (rf"[\d%]{_SPACE}(?:{between})", r"(?=\d)"),
        (r"\w", r"(?=[=<>≈≥≤]\s?[\d+−])"),
        (r"[=<>≈≥≤]", r"(?=[\d+−])"),
    )
    words = (
        (rf"(?<![\w’'.-])(?:{_any(writing.short_words)})", r"(?=\S)"),
        (r"\S", rf"(?=[—–](?:\s|{_EDGE}|$))"),
        (rf"(?<!\w){initial}", rf"(?={initial})"),
        (rf"(?<!\w){initial}", rf"(?=[{_capitals()}][^\W\d_{_capitals()}])"),
        (r"[^\W\d_]", rf"(?={initial}(?:\s?{initial}|[^\w\s]|{_EDGE}|$))"),
        *((re.escape(head), f"(?={re.escape(tail)})") for head, tail in _glued(writing.glued)),
    )
    joined = re.compile(r"(?<=[\d%])–(?=[\d+−])")
    return _no_break(words), (*_no_break(numbers), (joined, f"–{JOINER}"))


def _no_break(pairs: tuple[tuple[str, str], ...]) -> tuple[_Rule, ...]:
    """Return rules that put a no-break space between two parts: what is taken, what follows."""
    into = rf"\1{NO_BREAK}"
    return tuple((re.compile(f"({head}){_SPACE}{tail}"), into) for head, tail in pairs)


def _any(words: tuple[str, ...]) -> str:
    """Return a pattern of words, with a capital letter or without; nothing matches none."""
    both = {form for word in words for form in (word, word[:1].upper() + word[1:])}
    return "|".join(re.escape(word) for word in sorted(both, reverse=True)) or "(?!)"


def _glued(phrases: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what stays together in phrases such as "s. r. o.", pair by pair."""
    words = [phrase.split() for phrase in phrases]
    return sorted({pair for one in words for pair in pairwise(one)})


def _months(locale: str) -> str:
    named = Locale.parse(locale).months["format"]
    return "|".join(re.escape(named[width][month]) for width in named for month in named[width])


@cache
def _capitals() -> str:
    """Return the capital letters of all languages, for a class of characters."""
    return "A-Z" + "".join(language.letters.upper() for language in all_languages())
