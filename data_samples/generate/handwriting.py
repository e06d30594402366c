"""How people type: small letters, slips of the finger, Slovak without diacritics."""

import unicodedata
from random import Random


def scrawl(text: str, chance: Random, *, plain: float = 0.0) -> str:
    """Return ``text`` as somebody would have typed it; about half the answers stay as they are."""
    if chance.random() < plain:
        text = _without_diacritics(text)
    if chance.random() < 0.3:
        text = text[0].lower() + text[1:]
    if len(text) > 12 and chance.random() < 0.12:
        text = _slip(text, chance)
    if len(text) < 60 and chance.random() < 0.015:
        text = text.upper()
    return text


def _without_diacritics(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(c for c in parts if not unicodedata.combining(c))


def _slip(text: str, chance: Random) -> str:
    """Swap, drop or double one letter inside a word."""
    places = [i for i in range(1, len(text) - 2) if text[i : i + 2].isalpha()]
    at = chance.choice(places)
    kind = chance.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at] + text[at:]
