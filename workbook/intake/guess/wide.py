"""Columns that should be rows: months and years across, marks side by side."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from workbook.intake.cells.month_names import month_in
from workbook.intake.guess.fitting import mark_of
from workbook.intake.guess.header import Header
from workbook.intake.guess.heading_words import likeness, says
from workbook.intake.guess.profile import Profile
from workbook.intake.recipe.patterns import matches
from workbook.language.nearest import plain

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIRST_OF_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])-01")
_FEWEST = 2
_PARTED = " / "


@dataclass(frozen=True, slots=True, kw_only=True)
class Wide:
    """Columns that become rows."""

    columns: tuple[int, ...]
    patterns: tuple[str, ...]
    """As ``melt`` names them."""
    kind: str
    """``months``, ``years`` or ``marks``."""
    others: frozenset[int] = frozenset()
    """Columns of other measures of the same months: pieces, totals."""


def months_across(header: Header, profiles: Sequence[Profile]) -> Wide | None:
    """Return the columns of amounts by month."""
    groups: dict[str, list[int]] = {}
    for at, heading in enumerate(header.headings):
        month, _, measure = heading.partition(_PARTED)
        if is_month(month) and profiles[at].numbers >= 0.8:
            groups.setdefault(plain(measure), []).append(at)
    groups = {measure: found for measure, found in groups.items() if len(found) >= _FEWEST}
    if not groups:
        return None
    amounts = {m: f for m, f in groups.items() if not says(m, "counts")} or groups
    chosen = max(amounts, key=lambda m: likeness("sales", "amount", m))
    every = {at for found in groups.values() for at in found}
    return _wide(header, amounts[chosen], "months", every)


def is_month(text: str) -> bool:
    """Return whether a heading is a month.

    >>> [is_month(text) for text in ("янв.25", "июль 25", "01.2025", "Mar 2025", "May we help?")]
    [True, True, True, True, False]
    """
    text = text.strip()
    return len(text) <= 30 and bool(month_in(text) or _FIRST_OF_MONTH.fullmatch(text))


def years_across(header: Header, profiles: Sequence[Profile]) -> Wide | None:
    """Return the columns of values by year: "31.12.2024", "На 31 декабря 2023 г."."""
    groups: dict[str, list[int]] = {}
    for at, heading in enumerate(header.headings):
        years = _YEAR.findall(heading)
        if len(years) == 1 and len(heading) < 80 and _is_amount(profiles[at]):
            groups.setdefault(plain(_YEAR.sub("*", heading)), []).append(at)
    best = max(groups.values(), key=len, default=[])
    return _wide(header, best, "years", set(best)) if len(best) >= _FEWEST else None


def _is_amount(profile: Profile) -> bool:
    dashes = sum(n for text, n in profile.common if text in ("-", "\u2013", "\u2014"))
    return profile.filled > 0 and profile.numbers + dashes / profile.filled >= 0.8


def marks_across(
    header: Header, profiles: Sequence[Profile], *, used: Iterable[int]
) -> Wide | None:
    """Return columns of marks that stand side by side: one per parameter."""
    taken = set(used)
    free = [
        at for at, profile in enumerate(profiles)
        if at not in taken and header.headings[at] and not says(header.headings[at], "never")
        and not _of_score(header.words[at])
    ]  # fmt: skip
    kinds: tuple[Callable[[Profile], bool], ...] = (_is_five, _is_ten, _is_worded)
    for kind in kinds:
        found = [at for at in free if kind(profiles[at])]
        if len(found) >= _FEWEST:
            highest = max(profiles[at].highest for at in found)
            found += [at for at in free if at not in found and _is_steady(profiles[at], highest)]
            found.sort()
            return _wide(header, found, "marks", set(found))
    return None


def _is_steady(profile: Profile, highest: float) -> bool:
    """Return whether everybody gave the same mark, on the scale of the others."""
    low = profile.fives if highest <= 5 else profile.scores
    return profile.distinct == 1 and low == 1 and profile.filled > 3


def _of_score(heading: str) -> bool:
    return likeness("survey", "score", heading) >= 0.8 and not says(
        heading, "files", "satisfaction"
    )


def _is_five(profile: Profile) -> bool:
    return profile.fives >= 0.97 and 2 <= profile.distinct <= 5


def _is_ten(profile: Profile) -> bool:
    return profile.scores >= 0.97 and 3 <= profile.distinct <= 11 and profile.highest > 5


def _is_worded(profile: Profile) -> bool:
    worded = sum(bool(mark_of(text)) for text in profile.values[:10])
    return 2 <= profile.distinct <= 6 and worded == profile.distinct


def _wide(header: Header, columns: Sequence[int], kind: str, every: set[int]) -> Wide:
    headings = [header.headings[at] for at in columns]
    return Wide(
        columns=tuple(columns),
        patterns=_patterns(headings, header, columns, kind),
        kind=kind,
        others=frozenset(every - set(columns)),
    )


def _patterns(
    headings: Sequence[str], header: Header, columns: Sequence[int], kind: str
) -> tuple[str, ...]:
    """Return one pattern that only these columns fit, else their headings."""
    pattern = _common(headings, years=kind == "years")
    others = [one for at, one in enumerate(header.headings) if at not in columns and one]
    if pattern and not any(matches(pattern, one) for one in others):
        return (pattern,)
    return tuple(dict.fromkeys(headings))


def _common(headings: Sequence[str], *, years: bool) -> str:
    """Return what headings have in common, with a star for the rest; empty when that is little.

    >>> _common(["Rate: [Price]", "Rate: [Quality]"], years=False)
    'Rate: [*]'
    """
    if years:
        pattern = _YEAR.sub("*", headings[0])
        return pattern if len(pattern) > 4 else ""
    first, last = min(headings), max(headings)
    start = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    before = re.match(r".*[^\w\s]\s*|", first[:start])
    begun = before[0] if before else ""
    turned = [one[len(begun) :][::-1] for one in headings]
    low, high = min(turned), max(turned)
    end = next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), 0)
    if _PARTED in low[:end][::-1]:
        ended = low[:end][::-1][low[:end][::-1].index(_PARTED) :]
    else:
        after = re.search(r"[^\w\s]+$", low[:end][::-1])
        ended = after[0] if after else ""
    middle = [one[len(begun) : len(one) - len(ended)] for one in headings]
    if len(begun + ended) < 4 or "*" in begun + ended or not all(map(str.strip, middle)):
        return ""
    return f"{begun}*{ended}"
