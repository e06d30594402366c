"""In which encoding a text file is, and how sure that is."""

import codecs
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from charset_normalizer import from_bytes

from workbook.errors import Location, Problem
from workbook.intake.files.letter_frequencies import likeness
from workbook.intake.problems import error, warning
from workbook.language.languages import Language, all_languages, in_all, language_of

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ASCII = bytes(range(128))
_SAMPLE = 200_000
_AROUND = 1_000_000
"""Bytes before and after the first that is not UTF-8."""
_OUR_LETTERS = re.compile(
    "[\u00a0-\u017f\u0400-\u045f\u0490\u0491\u2010-\u2026\u2030\u2039\u203a\u20ac\u20bd\u2116\u2122]"
)
"""Letters and signs of texts in our languages beyond ASCII."""
_FEWEST = 3
_SHARE = 0.2
"""Of such letters to bytes that are not UTF-8, in a file of mixed encodings."""
_CLEAR = 2.5
"""Lead over the next code page that needs no warning, in plausible letters."""
_PRIORS = (2.0, 1.0)
"""For the usual code page of the language, and for its others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file (None when it cannot be decoded) and the encoding that was used."""

    text: str | None
    encoding: str = ""
    problems: Sequence[Problem] = field(default=())


def decode(
    data: bytes, *, language: str, declared: str, place: Location, headings: Callable[[str], int]
) -> Decoded:
    """Decode a file: as declared, by its byte order mark, as UTF-8, else by code page.

    Parameters
    ----------
    data
        The bytes of the file.
    language
        Language of the engagement: its code pages are tried before the others.
    declared
        [intake].encoding; empty to detect.
    place
        The file, for problems.
    headings
        Counts known headings with letters beyond ASCII in the first lines of a text.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if declared and not marked:
        return _strict(data, declared, place)
    if marked:
        return _strict(data, marked, place)
    wide = _utf32_without_mark(data) or _utf16_without_mark(data)
    if wide:
        return _strict(data, wide, place)
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError as failure:
        if _partly_utf8(data, failure.start):
            return _invalid(data, failure.start, "utf-8", place)
    return _by_code_page(data, language, place, headings)


def _strict(data: bytes, encoding: str, place: Location) -> Decoded:
    try:
        return Decoded(text=data.decode(encoding).removeprefix("\ufeff"), encoding=encoding)
    except UnicodeDecodeError as failure:
        return _invalid(data, failure.start, encoding, place)
    except UnicodeError:  # UTF-16 and UTF-32 cut in the middle
        return _invalid(data, len(data), encoding, place)


def _invalid(data: bytes, at: int, encoding: str, place: Location) -> Decoded:
    wide = encoding.startswith(("utf-16", "utf-32"))
    before = data[:at].decode(encoding, errors="ignore") if wide else data[:at].decode("latin-1")
    line = len(before.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    where = Location(file=place.file, row=line)
    found = " ".join(f"{byte:02X}" for byte in data[at : at + 4])
    return Decoded(text=None, problems=[error("invalid_bytes", where, found, encoding=encoding)])


def _utf32_without_mark(data: bytes) -> str:
    """Return the UTF-32 codec of a file that is half zero bytes or more, or an empty text.

    Examples
    --------
    >>> _utf32_without_mark("имя;балл".encode("utf-32-le")), _utf32_without_mark(b"name;score")
    ('utf-32-le', '')
    """
    head = data[: _SAMPLE - _SAMPLE % 4]
    if len(data) % 4 or head.count(0) < len(head) // 2:
        return ""
    fits = (codec for codec in ("utf-32-le", "utf-32-be") if _decoded(head, codec) is not None)
    return next(fits, "")


def _utf16_without_mark(data: bytes) -> str:
    """Return the UTF-16 codec of a file with many zero bytes and no mark, or an empty text."""
    head = data[: _SAMPLE - _SAMPLE % 2]
    if head.count(0) < max(4, len(head) // 50) or len(data) % 2:
        return ""
    best, share = "", 0.9
    for codec in ("utf-16-le", "utf-16-be"):
        text = head.decode(codec, errors="replace")
        usual = sum(c in "\r\n\t" or " " <= c < "\u0500" or c in "–—№€«»“”„" for c in text)
        if usual / len(text) > share:
            best, share = codec, usual / len(text)
    return best


def _partly_utf8(data: bytes, at: int) -> bool:
    """Return whether a file is UTF-8 with foreign bytes in it, not a code page.

    Letters that UTF-8 writes as several bytes come about by chance in a code page, too, but hardly
    ever the letters of our languages: fewer than one per hundred bytes of Russian or Slovak text
    (one per eight of ISO 8859-5 in capitals).

    Parameters
    ----------
    at
        Position of the first byte that is not UTF-8; what is around it is looked at.
    """
    text = data[max(0, at - _AROUND) : at + _AROUND].decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = len(_OUR_LETTERS.findall(text))
    return good > 2 * bad or (good >= _FEWEST and good > _SHARE * bad)


def _by_code_page(
    data: bytes, language: str, place: Location, headings: Callable[[str], int]
) -> Decoded:
    sample = data[:_SAMPLE]
    own = language_of(language).files.code_pages
    order = dict.fromkeys((*own, *in_all(lambda known: known.files.code_pages)))
    samples = {page: text for page in order if (text := _decoded(sample, page)) is not None}
    counts = {page: headings(text) for page, text in samples.items()}
    plain = _decoded(data, page) if (page := _only_best(counts)) else None
    if plain is not None:
        return Decoded(text=plain, encoding=page)
    letters = len(sample.translate(None, delete=_ASCII))
    scored: list[tuple[int, float, str]] = []
    for page, text in samples.items():
        best = max(likeness(text, known.code) for known in _written_in(page))
        prior = _PRIORS[page != own[0]] if page in own else 0.0
        scored.append((counts[page], letters * best + prior, page))
    scored.sort(key=lambda one: (-one[0], -one[1]))
    for position, (known, score, page) in enumerate(scored):
        whole = _decoded(data, page)
        if whole is None:
            continue
        rivals = [
            one
            for one in scored[position + 1 :]
            if sample.decode(one[2], errors="replace") != sample.decode(page)
        ]
        best_known = max((one[0] for one in rivals), default=0)
        sure = known > best_known or _is_clear(sample, page, score, rivals)
        problems = [] if sure else [warning("encoding_guessed", place, page, encoding=page)]
        return Decoded(text=whole, encoding=page, problems=problems)
    return Decoded(text=None, problems=[error("encoding_unknown", place)])


def _written_in(page: str) -> list[Language]:
    """Return the languages whose files may be in a code page."""
    return [known for known in all_languages() if page in known.files.code_pages]


def _decoded(data: bytes, page: str) -> str | None:
    try:
        return data.decode(page)
    except UnicodeDecodeError:
        return None


def _only_best(counts: Mapping[str, int]) -> str:
    """Return the code page in which most headings are known, or an empty text of several."""
    most = max(counts.values(), default=0)
    best = [page for page, count in counts.items() if count == most]
    return best[0] if most and len(best) == 1 else ""


def _is_clear(
    sample: bytes, page: str, score: float, rivals: Sequence[tuple[int, float, str]]
) -> bool:
    """Return whether a guess may go without a warning."""
    lead = score - max((one[1] for one in rivals), default=0.0)
    if score <= 0 or lead <= _CLEAR or page == "cp1252":
        return False
    return lead > 2 * _CLEAR or _agrees(sample, page)


def _agrees(sample: bytes, page: str) -> bool:
    """Return whether charset-normalizer, choosing among the language's pages, reads the same."""
    head = sample[:20_000]
    family = {one for known in _written_in(page) for one in known.files.code_pages}
    best = from_bytes(head, cp_isolation=sorted(family)).best()
    return best is None or head.decode(best.encoding, errors="replace") == head.decode(page)
