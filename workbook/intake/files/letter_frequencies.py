"""How much a text looks like one in a language, judged by its letters beyond ASCII."""

import math
from collections.abc import Mapping
from functools import cache

from workbook.language.languages import language_of

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
    shares = language_of(language).files.letter_frequencies
    return {letter: 1 + math.log(share / _TOP) / _SCALE for letter, share in shares.items()}


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
