"""What the sheets of an XLSX file are called: short, in the report's language, all different."""

import re
from collections import Counter
from collections.abc import Sequence

LONGEST = 31
"""Characters that Excel allows."""
_LITTLE = 3
"""A word of so few letters is no end of a name."""
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HEAD = re.compile(r"(.{3,}?): (.+)")
_ASIDE = re.compile(r"(.{12}[^,(;]*?)(?:, | \(| – | — |; ).*")
_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[RrCc]")
"""What Excel would take for a cell."""


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Return names that Excel accepts and that differ from each other whatever the case.

    >>> sheet_names(["a/b", "A:B", "History", ""])
    ['a b', 'A B (2)', 'History (2)', 'Sheet']
    """
    taken = {"history"}  # reserved by Excel
    names = []
    for wish in wanted:
        base = _UNFIT.sub("", _NOT_IN_NAME.sub(" ", wish)).strip(" '") or "Sheet"
        name, number = base[:LONGEST].strip(" '"), 1
        while name.casefold() in taken:
            number += 1
            tail = f" ({number})"
            name = base[: LONGEST - len(tail)].strip(" '") + tail
        taken.add(name.casefold())
        names.append(name)
    return names


def tab_names(titles: Sequence[str]) -> list[str]:
    """Return what of each title says enough on a tab.

    What stands before a colon is enough, unless several titles begin so.

    >>> tab_names(["Against the industry: code 28", "Index: sections", "Index: gaps"])
    ['Against the industry', 'Sections', 'Gaps']
    >>> tab_names(["Kinds of claims, their tests and the number of comparisons"])
    ['Kinds of claims']
    """
    begun = Counter(found[1] for title in titles if (found := _HEAD.fullmatch(title)))
    return [_short(_part(title, begun)) for title in titles]


def _part(title: str, begun: Counter[str]) -> str:
    found = _HEAD.fullmatch(title)
    if not found:
        return title
    return found[1] if begun[found[1]] == 1 else found[2][:1].upper() + found[2][1:]


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    text = _ASIDE.sub("\\1", text)
    if len(text) <= LONGEST:
        return text
    words = text[: LONGEST - 1].split(" ")[:-1]
    while len(words) > 1 and len(words[-1]) <= _LITTLE:
        words.pop()
    return " ".join(words).rstrip(",;:–— ") + "…"


def range_names(ids: Sequence[str]) -> list[str]:
    """Return names by which formulas and scripts find the tables, one for each id.

    >>> range_names(["segments", "segments", "abc1"])
    ['segments', 'segments_2', '_abc1']
    """
    counted: Counter[str] = Counter()
    names = []
    for wish in ids:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", wish) or "table"
        if not (plain[0].isalpha() or plain[0] == "_") or _CELL.fullmatch(plain):
            plain = f"_{plain}"
        counted[plain.casefold()] += 1
        n = counted[plain.casefold()]
        names.append(plain if n == 1 else f"{plain}_{n}")
    return names
