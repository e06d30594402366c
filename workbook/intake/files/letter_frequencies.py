"""How much a text looks like Russian, Slovak or English, judged by its letters beyond ASCII."""

import math
from collections.abc import Mapping
from functools import cache

_PER_CENT = {
    "ru": "о11 е8.5 а8 и7.4 н6.7 т6.3 с5.5 р4.7 в4.5 л4.4 к3.5 м3.2 д3 п2.8 у2.6 я2 ы1.9 ь1.7 "
    "г1.7 з1.6 б1.6 ч1.4 й1.2 х1 ж.9 ш.7 ю.6 ц.5 щ.4 э.3 ф.3 ъ.04 ё.4",
    "sk": "á9 é5 í6 ý5 č5 ž5 š4 ú4 ľ2 ť3 ň1 ô1 ó1 ď1 ä.6 ĺ.1 ŕ.1 ě.3 ř.3 ů.3 ö.3 ü.3 ő.05 "
    "ű.05 ë.05",
    "en": "é9 è4 ü5 ö5 ä5 ñ2 ç3 à2 á2 í2 ó2 ú1 â1 ê1 î1 ô1 û.5 ë1 ï1 ø.5 å.5 æ.5 ã1 ß.5",
}
"""Rough frequencies of letters; only their order of size matters here."""
_TOP, _SCALE = 11.0, 4.0
_SIGNS = frozenset("№«»–—„“”‘’…•€₽\u00a0")
_LIMIT = 20_000


def likeness(text: str, language: str) -> float:
    """Return the mean plausibility of the characters beyond ASCII, about -2 to 1.

    A capital letter after a small one, box drawing and control characters are what a wrong
    code page gives; frequent letters are what the right one gives.
    """
    weights = _weights(language)
    total, count, before = 0.0, 0, " "
    for character in text:
        if character > "\x7f":
            total += _weight(character, before, weights)
            count += 1
            if count >= _LIMIT:
                break
        before = character
    return total / count if count else 0.0


@cache
def _weights(language: str) -> Mapping[str, float]:
    pairs = ((word[0], float(word[1:])) for word in _PER_CENT[language].split())
    return {letter: 1 + math.log(share / _TOP) / _SCALE for letter, share in pairs}


def _weight(character: str, before: str, weights: Mapping[str, float]) -> float:
    small = character.lower()
    if small in weights:
        if character == small:
            return weights[small]
        return -1.5 if before.islower() else weights[small] - 0.2
    if character in _SIGNS:
        return 0.2
    if "\x80" <= character <= "\x9f":
        return -4.0
    return -2.0
