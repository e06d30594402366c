"""One key for the spellings of one thing: identifiers and the names of groups are compared by it.

People type one customer, segment or manager in several ways, and programs add theirs.  Two texts
are spellings of one thing when their keys are equal.  The key does not see

- capitals, ``ё`` and ``е``, forms of one character (NFKC: ``№`` and ``No``, full width);
- quotes of any kind, but for the sign of inches or feet (``5"`` is no ``5``);
- spaces and characters that cannot be seen; between digits only the spaces of thousands (``1 001``
  is ``1001``, ``1 1`` is not ``11``);
- whether a letter is Cyrillic or the Latin one that looks like it (``С-001``, ``C-001``);
- the kind of a dash; a dash itself counts (``A-1`` is not ``A1``);
- the points of abbreviations and initials (``О. П.``, ``О.П``), but not those of numbers (1.10)
  and of mail addresses;
- ``.0`` of a whole number (``1001.0``, as a program writes a column of numbers with gaps).

Everything else counts, so that different things keep different keys: leading zeros, accents,
commas, the order of words.
"""

import re
import unicodedata
from collections.abc import Sequence

SINGLE_QUOTES = "'`´‘’‚‛‹›ʼʹ′ˈ"
DOUBLE_QUOTES = '"«»“”„‟″ʺ〃＂'
DASHES = "-‐‑‒–—―−﹘﹣－⁃"
_CYRILLIC = "авекмнорстухіјѕһԛԝ"
_LATIN = "abekmhopctyxijshqw"
_SEPARATOR = "\x00"
_FEET, _INCHES = "\x01", "\x02"

_UNSEEN = [
    *range(0x03, 0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0xA0),
    0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFFA0, 0xFEFF,
    *range(0x180B, 0x180E),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
]  # fmt: skip
_GONE: dict[int, str | None] = {
    **dict.fromkeys([*map(ord, SINGLE_QUOTES + DOUBLE_QUOTES), *_UNSEEN]),
    **dict.fromkeys(map(ord, DASHES), "-"),
}
_TO_LATIN = dict(zip(map(ord, "ё" + _CYRILLIC), "e" + _LATIN, strict=True))
_FOLDED: dict[int, str | None] = {**_GONE, **_TO_LATIN}
_SEEN = str.maketrans(
    "АВЕКМНОРСТУХасеорхуіјѕІЈЅ" + "\u00a0\u202f\u2009", "ABEKMHOPCTYXaceopxyijsIJS   "
)
"""Letters that look the same as they stand, as Latin ones."""

_UNIT = re.compile(r"(?<=\d)['’′\"”″]")
_UNITS = (
    (re.compile(f"[{SINGLE_QUOTES}]"), re.compile(r"(?<=\d)['’′]"), _FEET),
    (re.compile(f"[{DOUBLE_QUOTES}]"), re.compile(r"(?<=\d)[\"”″]"), _INCHES),
)
"""Quotes of a kind, those of them that may be a unit after a digit, and its mark."""
_ALREADY = re.compile(f"[A-Za-z0-9_{_SEPARATOR}-]*")
"""Texts in which only capitals are not seen."""
_MARKS = re.compile(f"[{_SEPARATOR}{_FEET}{_INCHES}]")
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:\s+\d{3})+(?!\d)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")
_OTHER_SPACES = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_SPACES = re.compile(r"\s+")
_POINT_ZERO = re.compile(rf"(?<![^{_SEPARATOR}])(\d+)[.,]0+(?![^{_SEPARATOR}])")
_SIGN_IN_NUMBER = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_OTHER_SIGNS = re.compile(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")
_POINTS = re.compile(r"(?<=[^\W\d_])\.+(?!\d)")


def spelling_key(text: str) -> str:
    """Return what the spellings of one thing have in common.

    Examples
    --------
    >>> spelling_key('ООО "Клиент 0"') == spelling_key("ооо «Клиент 0»")
    True
    >>> spelling_key("Иванова О. П.") == spelling_key("Ивaнова О.П")  # one Latin letter
    True
    >>> spelling_key("1001.0") == spelling_key("1001"), spelling_key("007") == spelling_key("7")
    (True, False)
    """
    return spelling_keys([text])[0]


def spelling_keys(texts: Sequence[str]) -> list[str]:
    """Return :func:`spelling_key` of every text; all are folded at once, which is far quicker."""
    if not texts:
        return []
    whole = _SEPARATOR.join(texts)
    if _ALREADY.fullmatch(whole) and whole.count(_SEPARATOR) == len(texts) - 1:
        return [
            key or text.strip()
            for key, text in zip(whole.lower().split(_SEPARATOR), texts, strict=True)
        ]
    clean = [_MARKS.sub("", text) for text in texts] if _has_marks(texts) else list(texts)
    joined = _SEPARATOR.join(clean)
    if _UNIT.search(joined):
        joined = _SEPARATOR.join(map(_units_kept, clean))
    joined = unicodedata.normalize("NFKC", joined.translate(_GONE)).casefold()
    joined = unicodedata.normalize("NFKC", joined).casefold().translate(_FOLDED)
    joined = _without_spaces(joined)
    joined = _POINT_ZERO.sub(r"\1", joined)
    joined = unicodedata.normalize("NFKC", _without_points(joined))
    keys = joined.replace(_FEET, "'").replace(_INCHES, '"').split(_SEPARATOR)
    return [key or text.strip() for key, text in zip(keys, texts, strict=True)]


def id_keys(texts: Sequence[str]) -> list[str]:
    """Return the keys of identifiers: no space counts, for ``77 08`` is asked about, not guessed.

    >>> id_keys(["77 08", "7708"])
    ['7708', '7708']
    """
    return [_SPACES.sub("", key) if " " in key else key for key in spelling_keys(texts)]


def loose_id_keys(texts: Sequence[str]) -> list[str]:
    """Return keys under which identifiers are alike that programs write with other signs.

    Signs count only between two digits, where all are one.  What is alike under these keys is
    asked about, never taken for one in silence.

    >>> loose_id_keys(["NB-029", "nb029", "NB 029", "24/001", "24-001", "1-1", "11"])
    ['nb029', 'nb029', 'nb029', '24-001', '24-001', '1-1', '11']
    """
    return loosened(id_keys(texts), texts)


def loosened(keys: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Return :func:`loose_id_keys` of texts whose :func:`id_keys` are known."""
    loose = (
        key if key.isalnum() else _OTHER_SIGNS.sub("", _SIGN_IN_NUMBER.sub("-", key))
        for key in keys
    )
    return [key or text.strip() for key, text in zip(loose, texts, strict=True)]


def _has_marks(texts: Sequence[str]) -> bool:
    return _MARKS.search("".join(texts)) is not None


def _units_kept(text: str) -> str:
    """Return the text with the quote after a digit marked where it closes nothing: ``5"``."""
    for quotes, unit, mark in _UNITS:
        if len(quotes.findall(text)) % 2:
            text = unit.sub(mark, text)
    return text


def _without_spaces(joined: str) -> str:
    if _SPACES.search(joined) is None:
        return joined
    joined = _THOUSANDS.sub(lambda found: _SPACES.sub("", found[0]), joined)
    return _OTHER_SPACES.sub("", _BETWEEN_DIGITS.sub(" ", joined))


def _without_points(joined: str) -> str:
    if "." not in joined:
        return joined
    if "@" not in joined:
        return _POINTS.sub("", joined)
    return _SEPARATOR.join(
        text if "@" in text else _POINTS.sub("", text) for text in joined.split(_SEPARATOR)
    )


def one_alphabet(text: str) -> str:
    """Return a folded text with its Cyrillic letters that look like Latin ones as these.

    >>> one_alphabet("цена") == one_alphabet("ценa")  # the last letter is Latin
    True
    """
    return text.translate(_TO_LATIN)


def difference(text: str, other: str) -> str:
    """Return what two spellings that look the same differ by; empty where the eye can tell.

    >>> difference("Oпт", "Опт"), difference("Опт\u200b", "Опт"), difference("опт", "Опт")
    ('lat. O', 'U+200B', '')
    """
    unseen = sorted({c for c in text if ord(c) in _UNSEEN or (c.isspace() and c != " ")})
    if unseen:
        return ", ".join(f"U+{ord(c):04X}" for c in unseen)
    if text == other or text.translate(_SEEN) != other.translate(_SEEN):
        return ""
    odd = [one for one, two in zip(text, other, strict=True) if one != two]
    return ", ".join(f"{'lat.' if c.isascii() else 'cyr.'} {c}" for c in dict.fromkeys(odd))
