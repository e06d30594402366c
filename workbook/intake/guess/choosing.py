"""Which grid holds which table, when several files and sheets are there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbook.intake.guess.candidates import LEAST, Candidate, candidate_of, candidates
from workbook.intake.guess.grid import Grid
from workbook.intake.guess.header import header_of
from workbook.intake.guess.heading_words import file_hint
from workbook.intake.guess.preset_lines import preset_for
from workbook.intake.recipe.patterns import matches
from workbook.intake.recipe.presets import Preset, recognised
from workbook.language.nearest import plain

_SECOND = "satisfaction"
"""Table that is proposed besides another one of the same grid: marks beside the score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The grids of every table, and those that hold none."""

    tables: Mapping[str, tuple[Candidate, ...]]
    unknown: tuple[Grid, ...]


def chosen(
    grids: Iterable[Grid],
    *,
    ready: Mapping[str, str],
    named: Mapping[str, Collection[str]],
    presets: Mapping[str, Preset],
    only: Collection[str] = (),
) -> Chosen:
    """Return which grid holds which table.

    Parameters
    ----------
    ready
        Table that is read already -> its file.
    named
        Table -> patterns of its files that the consultant has written.
    presets
        Those that files are recognised by.
    only
        These tables; empty: all.
    """
    order = list(grids)
    asked = [
        (grid, _ranked(grid, named, presets)) for grid in order if grid.file not in ready.values()
    ]
    taken: dict[str, list[Candidate]] = {}
    unknown: list[Grid] = []
    for grid, ranked in sorted(asked, key=lambda one: -_best(one[1])):
        found = next((one for one in ranked if _may(one, taken, ready, presets)), None)
        if found is None:
            unknown.append(grid)
            continue
        taken.setdefault(found.table, []).append(found)
    if _SECOND not in taken and _SECOND not in ready:
        second = [_second(part) for part in taken.get("survey", [])]
        if second and all(second):
            taken[_SECOND] = [one for one in second if one]
    return Chosen(
        tables={
            table: tuple(sorted(parts, key=lambda one: order.index(one.grid)))
            for table, parts in taken.items()
            if not only or table in only
        },
        unknown=tuple(unknown),
    )


def _ranked(
    grid: Grid, named: Mapping[str, Collection[str]], presets: Mapping[str, Preset]
) -> list[Candidate]:
    header = header_of(grid)
    if header is None or not header.body:
        return []
    sure = {table for _, table in recognised(list(header.headings), presets)}
    found = [one for one in candidates(grid, header, sure=sure) if _is_allowed(one, named)]
    own = [one for one in found if any(matches(p, grid.file) for p in named.get(one.table, ()))]
    return own or [one for one in found if one.merit >= LEAST]


def _is_allowed(candidate: Candidate, named: Mapping[str, Collection[str]]) -> bool:
    patterns = named.get(candidate.table, ())
    return not patterns or any(matches(one, candidate.grid.file) for one in patterns)


def _best(ranked: Sequence[Candidate]) -> float:
    return ranked[0].merit if ranked else 0.0


def _may(
    candidate: Candidate,
    taken: Mapping[str, Sequence[Candidate]],
    ready: Mapping[str, str],
    presets: Mapping[str, Preset],
) -> bool:
    """Return whether a grid may be (part of) a table that others may have been given already."""
    if candidate.table in ready:
        return False
    others = taken.get(candidate.table, ())
    if not others:
        return True
    hints = {file_hint(candidate.table, one.grid.file) == 1 for one in (*others, candidate)}
    if len(hints) > 1:
        return False
    if _signature(candidate) == _signature(others[0]):
        return True
    names = {preset_for(one.header.headings, one.table, presets) for one in (*others, candidate)}
    return len(names) == 1 and "" not in names and candidate.grid.file == others[0].grid.file


def _signature(candidate: Candidate) -> tuple[object, ...]:
    header = candidate.header
    return tuple(map(plain, header.headings)), len(header.rows)


def _second(part: Candidate) -> Candidate | None:
    """Return the marks of satisfaction that stand in the columns of a survey, or None."""
    score = part.matches.get("score")
    found = candidate_of(_SECOND, part.grid, part.header, part.profiles)
    if found is None or found.wide is None or score is None or score.at in found.wide.columns:
        return None
    return found
