"""In what a table's new file differs from the one of the period before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from workbook.intake.guess.candidates import profiles_of
from workbook.intake.guess.grid import Grid
from workbook.intake.guess.header import Header
from workbook.intake.recipe.patterns import matches
from workbook.language.nearest import plain

_RENAMED = 72.0
_MOST_WORDS = 60
"""Different words beyond which a column is no list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What is new, gone or renamed."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    """Heading before, and the one that has probably taken its place."""


def heading_differences(before: Sequence[str], now: Sequence[str]) -> Differences:
    """Return how the headings of two files differ.

    >>> heading_differences(["Id", "Score (0-10)", "Why"], ["ID", "Score 0 to 10", "Region"])
    Differences(new=('Region',), gone=('Why',), renamed=(('Score (0-10)', 'Score 0 to 10'),))
    """
    old, new = {plain(h): h for h in before if h}, {plain(h): h for h in now if h}
    gone = [heading for key, heading in old.items() if key not in new]
    added = [heading for key, heading in new.items() if key not in old]
    pairs = sorted(
        (
            (fuzz.ratio(plain(a), plain(b)), -i, -j, a, b)
            for i, a in enumerate(gone[:200])
            for j, b in enumerate(added[:200])
        ),
        reverse=True,
    )
    renamed: dict[str, str] = {}
    for likeness, _, _, one, other in pairs:
        if likeness >= _RENAMED and one not in renamed and other not in renamed.values():
            renamed[one] = other
    return Differences(
        new=tuple(one for one in added if one not in renamed.values()),
        gone=tuple(one for one in gone if one not in renamed),
        renamed=tuple(renamed.items()),
    )


def new_words(
    before: tuple[Grid, Header],
    now: tuple[Grid, Header],
    headings: Mapping[str, str],
    said: Mapping[str, Mapping[str, Sequence[str]]],
) -> dict[str, tuple[str, ...]]:
    """Return the words of listed columns that neither the file before had nor the recipe names.

    Parameters
    ----------
    headings
        Our column -> the client's heading.
    said
        Our column -> our value -> the client's words, as ``values`` says it.
    """
    found: dict[str, tuple[str, ...]] = {}
    for column, values in said.items():
        words, known = (_words(one, headings.get(column, "")) for one in (now, before))
        patterns = [p for listed in values.values() for p in listed if p != "*"]
        seen = {plain(word) for word in known}
        left = [
            word
            for word in words
            if plain(word) not in seen and not any(matches(p, word) for p in patterns)
        ]
        if left and len(words) <= _MOST_WORDS:
            found[column] = tuple(left)
    return found


def _words(source: tuple[Grid, Header], heading: str) -> tuple[str, ...]:
    grid, header = source
    at = next((i for i, one in enumerate(header.headings) if matches(heading, one)), None)
    if at is None or not heading:
        return ()
    return profiles_of(grid, header)[at].values
