r"""Patterns of engagement.toml: words in which ``*`` stands for anything.

Case, spaces and ``_`` do not count, as in headings.  ``\*`` is a star.
"""

from collections.abc import Iterable, Sequence

from workbook.language.nearest import plain

_STAR = "\x00"


def has_star(pattern: str) -> bool:
    r"""Return whether a pattern has a part that stands for anything.

    >>> has_star("Sales *.xlsx"), has_star("us\\*")
    (True, False)
    """
    return _STAR in _marked(pattern)


def matches(pattern: str, text: str) -> bool:
    """Return whether a text is what a pattern describes, to its end.

    >>> matches("sales *", "Sales 01.2025"), matches("Status", " status "), matches("a*b", "acbd")
    (True, True, False)
    """
    return _spans(_pieces(pattern), plain(text)) is not None


def captured(pattern: str, text: str) -> str | None:
    """Return what the last ``*`` stands for, as the text has it; None where nothing matches.

    The whole text is given for a pattern without a star.

    >>> captured("* / Сумма", "июль 25 / Сумма"), captured("Rate [*]", "Rate [Price]")
    ('июль 25', 'Price')
    >>> captured("* [*]", "Rate us [Price]")
    'Price'
    >>> captured("Price", "price"), captured("Q*", "Price")
    ('price', None)
    """
    signs, origin = _with_origin(text)
    found = _spans(_pieces(pattern), "".join(signs))
    if found is None:
        return None
    if not found:
        return text.strip()
    begin, end = found[-1]
    return text[origin[begin] : origin[end - 1] + 1].strip() if end > begin else ""


def first_match(patterns: Iterable[str], texts: Sequence[str]) -> list[int]:
    """Return the positions of the texts that the first fitting pattern describes.

    A text that is the pattern letter for letter comes before those that a star lets in.

    >>> first_match(["Score", "*recommend*"], ["Date", "Would you recommend us?"])
    [1]
    """
    keys = [plain(text) for text in texts]
    for pattern in patterns:
        exact = [at for at, key in enumerate(keys) if key and key == plain(pattern)]
        pieces = _pieces(pattern)
        hits = exact or (
            [at for at, key in enumerate(keys) if key and _spans(pieces, key) is not None]
            if len(pieces) > 1
            else []
        )
        if hits:
            return hits
    return []


def _marked(pattern: str) -> str:
    kept = pattern.replace("\\*", "\x01").replace("*", _STAR)
    return kept.replace("\x01", "*")


def _pieces(pattern: str) -> list[str]:
    """Return the parts of a pattern between its stars, brought into the form of comparison."""
    parts = _marked(pattern).split(_STAR)
    if len(parts) == 1:
        return [plain(parts[0])]
    return [plain(part + ".")[:-1] for part in parts]  # a star or colon at its end is its own


def _spans(pieces: Sequence[str], text: str) -> list[tuple[int, int]] | None:
    """Return what every star stands for (begin, end), or None where the text is another."""
    first, *rest = pieces
    if not rest:
        return [] if text == first else None
    if not text.startswith(first):
        return None
    at, spans = len(first), []
    for number, piece in enumerate(rest):
        last = number == len(rest) - 1
        begin = len(text) - len(piece) if last else text.find(piece, at)
        if begin < at or not text.startswith(piece, begin):
            return None
        spans.append((at, begin))
        at = begin + len(piece)
    return spans


def _with_origin(text: str) -> tuple[list[str], list[int]]:
    """Return the signs of the text as they are compared, and where each of them stands in it."""
    whole = plain(text)
    signs: list[str] = []
    origin: list[int] = []
    for at, sign in enumerate(text):
        for one in plain(sign + ".")[:-1]:
            signs.append(one)
            origin.append(at)
    return signs[: len(whole)] if "".join(signs).startswith(whole) else signs, origin
