"""Prepositions that change before certain sounds: "z 5", but "zo 127", said "zo sto dvadsiatich".

Which form stands before a value is known only when the value is: a text says ``z {n:count}``, and
the longer form is put there where the word or the spoken number that follows asks for it.
"""

import re

from workbook.language.languages import Preposition

_NUMBER = re.compile(r"[\d\u00a0\u202f]*\d")
_ORDINAL = re.compile(r"\d+-[^\W\d]")
_ROMAN = re.compile(r"(I{1,3}|IV)\b")
_ROMANS = ("", "I", "II", "III", "IV")
_OPENING = "«„“‘\"'("


def fitted(word: str, following: str, forms: Preposition) -> str:
    """Return a preposition as it is said before what follows.

    Examples
    --------
    >>> from workbook.language.languages import language_of
    >>> z, s = (language_of("sk").writing.prepositions[word] for word in "zs")
    >>> [fitted("z", n, z) for n in ("5", "60", "127", "2 000", "4 000", "0,5", "siedmich")]
    ['z', 'zo', 'zo', 'z', 'zo', 'z', 'zo']
    >>> fitted("S", "„zákazníkmi“", s)
    'So'
    >>> with_ = language_of("ru").writing.prepositions["с"]
    >>> [fitted("с", word, with_) for word in ("141", "41", "складом", "Савельевым", "СМС")]
    ['со', 'с', 'со', 'с', 'с']
    >>> [fitted("с", quarter, with_) for quarter in ("II кварталом", "III кварталом")]
    ['со', 'с']
    """
    said = following.lstrip(_OPENING)
    if not _needs_full_form(said, forms):
        return word
    return forms.full.capitalize() if word[0].isupper() else forms.full


def _needs_full_form(said: str, forms: Preposition) -> bool:
    roman = _ROMAN.match(said)
    if roman is not None:
        return _ROMANS.index(roman[1]) in forms.ordinals
    number = _NUMBER.match(said)
    if number is None:
        return not said[:2].isupper() and re.match(forms.before, said.casefold()) is not None
    whole = int(re.sub(r"\D", "", number[0]))
    if _ORDINAL.match(said):
        return whole in forms.ordinals
    return _first_said(whole) in forms.numbers


def _first_said(number: int) -> int:
    """Return the number whose word is said first: 127 begins with 100, 4 300 with 4, 45 with 40."""
    while number >= 2000:
        number //= 1000
    for step in (1000, 100, 10):
        if number >= step and number >= 20:
            return number // step * step
    return number
