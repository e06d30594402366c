"""A proposal on top of a preset: its name, and only what it does not say or what differs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from workbook.engagement.settings import ColumnSource
from workbook.intake.guess.candidates import Candidate
from workbook.intake.guess.naming import heading_name
from workbook.intake.guess.proposal import Entry, Proposal
from workbook.intake.recipe import recipe_shapes
from workbook.intake.recipe.patterns import first_match, matches
from workbook.intake.recipe.presets import Preset, recognised

_DECIDED = ("melt", "fill_down", "generate", "latest", "date_order", "scale", "split", "unit",
            "encoding", "thousands", "files")  # fmt: skip
"""Options of which a preset says the last word."""


def preset_for(headings: Collection[str], table: str, presets: Mapping[str, Preset]) -> str:
    """Return the name of the preset that a table's headings are recognised by, or an empty text."""
    return next((name for name, one in recognised(list(headings), presets) if one == table), "")


def on_preset(proposal: Proposal, candidate: Candidate, preset: Preset) -> Proposal:
    """Return what is left to be said of a table when a preset is named."""
    recipe = preset.tables[proposal.table].recipe
    columns = recipe_shapes.columns(recipe.get("columns", {}))
    there = {
        name: at for name, one in columns.items() if (at := _place(one, candidate)) is not None
    }
    own = [entry for entry in proposal.columns if _is_needed(entry, there, candidate)]
    values = [_left(entry, recipe.get("values", {})) for entry in proposal.values]
    where = list(recipe.get("where", {}))
    told = {*there, *(entry.key for entry in own)}
    return replace(
        proposal,
        options=(Entry(key="preset", value=preset.name), *_options(proposal, candidate, recipe)),
        columns=tuple(own),
        by_preset=tuple(_read(candidate, there)),
        values=tuple(entry for entry in values if entry),
        where=tuple(one for one in proposal.where if not any(matches(p, one.key) for p in where)),
        unused=tuple(_unused(proposal.unused, columns.values())),
        doubts=tuple(
            one for one in proposal.doubts
            if one.code != "not_found" or one.facts["column"] not in told
        ),
    )  # fmt: skip


def _place(source: ColumnSource, candidate: Candidate) -> int | None:
    """Return the position of a preset's column; -1 for what is no column, None when it is absent.

    Headings that several columns fit are as good as absent: the proposal says which one.
    """
    if not source.headings:
        return -1
    hits = first_match(source.headings, candidate.header.headings)
    return hits[0] if len(hits) == 1 else None


def _read(candidate: Candidate, there: Mapping[str, int]) -> Iterable[Entry]:
    """Return the columns of the file that the preset finds."""
    return (
        Entry(
            key=name,
            value=heading_name(candidate.header.headings[at]),
            example=candidate.profiles[at].example,
        )
        for name, at in there.items()
        if at >= 0
    )


def _is_needed(entry: Entry, there: Mapping[str, int], candidate: Candidate) -> bool:
    if entry.doubt is not None and entry.doubt.code == "undated":
        return True
    if entry.key in there:
        return False
    match = candidate.matches.get(entry.key)
    return match is None or match.at not in there.values()


def _options(
    proposal: Proposal, candidate: Candidate, recipe: Mapping[str, Any]
) -> Iterable[Entry]:
    made = _header(candidate, recipe)
    into = set(recipe.get("columns", {}))
    for entry in proposal.options:
        if entry.key in ("header_row", "preset") or (entry.key in _DECIDED and entry.key in recipe):
            continue
        if entry.key == "thousands" and "decimal" in recipe:
            continue
        if entry.key == "melt" and isinstance(entry.value, dict) and into & {*entry.value["into"]}:
            continue
        if entry.key == "sheets" and _holds(recipe.get("sheets", ()), proposal.sources):
            continue
        if entry.key in ("drop_rows", "missing"):
            left = _not_dropped(entry, candidate, recipe)
            made += [left] if left else []
            continue
        made.append(entry)
    return made


def _header(candidate: Candidate, recipe: Mapping[str, Any]) -> list[Entry]:
    said = recipe.get("header_row")
    rows = candidate.header.rows
    told = list(said) if isinstance(said, list) else [said]
    natural = len(rows) == 1 and candidate.header.first and rows[0] == 1
    if list(rows) == told or (said is None and natural):
        return []
    return [Entry(key="header_row", value=rows[0] if len(rows) == 1 else list(rows))]


def _holds(said: object, sources: Iterable[tuple[str, str]]) -> bool:
    patterns = [said] if isinstance(said, str) else said
    if not isinstance(patterns, list | tuple):
        return False
    return all(any(matches(pattern, sheet) for pattern in patterns) for _, sheet in sources)


def _not_dropped(entry: Entry, candidate: Candidate, recipe: Mapping[str, Any]) -> Entry | None:
    """Return the rows or words that the preset does not name already."""
    known = recipe.get(entry.key, [])
    said = known if isinstance(known, list) else [known]
    patterns = [one for one in said if isinstance(one, str)]
    first = {line.number: line.first for line in candidate.grid.lines}
    words = entry.value if isinstance(entry.value, list) else [entry.value]
    left = [
        one for one in words
        if one not in said
        and not any(matches(p, first.get(one, "") if isinstance(one, int) else str(one).rstrip("*"))
                    for p in patterns)
    ]  # fmt: skip
    return replace(entry, value=left) if left else None


def _left(entry: Entry, said: Mapping[str, Any]) -> Entry | None:
    """Return the words that the preset does not sort already."""
    known = said.get(entry.key)
    if not isinstance(known, Mapping):
        return entry
    patterns = [
        one for words in known.values() for one in ([words] if isinstance(words, str) else words)
    ]
    if "*" in patterns or not isinstance(entry.value, Mapping):
        return None
    left = {
        ours: [word for word in words if not any(matches(p, word) for p in patterns)]
        for ours, words in entry.value.items()
        if isinstance(words, list)
    }
    left = {ours: words for ours, words in left.items() if words}
    return replace(entry, value=left) if left else None


def _unused(headings: Iterable[str], sources: Iterable[ColumnSource]) -> Iterable[str]:
    patterns = [pattern for source in sources for pattern in source.headings]
    return (one for one in headings if not any(matches(pattern, one) for pattern in patterns))
