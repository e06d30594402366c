"""A candidate becomes a proposal: all lines of the recipe for one table."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from workbook.intake.guess.assignment import Doubt
from workbook.intake.guess.candidates import Candidate
from workbook.intake.guess.completion import completed, into_of
from workbook.intake.guess.conventions import convention_entries
from workbook.intake.guess.heading_words import file_hint
from workbook.intake.guess.naming import file_patterns, heading_name, source_of, words_of
from workbook.intake.guess.preset_lines import on_preset, preset_for
from workbook.intake.guess.profile import Profile
from workbook.intake.guess.proposal import Entry, Facts, Proposal
from workbook.intake.guess.row_rules import drop_entries, fill_down, where_entries
from workbook.intake.guess.sorted_words import values_entry
from workbook.intake.recipe.presets import Preset

_SCALE = re.compile(r"\s*[(\[]\s*\d+\s*[-\u2013\u2014]\s*\d+\s*[)\]]\s*$")
"""A note on the scale at the end of a heading."""


def proposed(
    parts: Sequence[Candidate],
    facts: Facts,
    *,
    files: Collection[str],
    product: str,
    presets: Mapping[str, Preset],
) -> Proposal:
    """Return the recipe of one table.

    Parameters
    ----------
    parts
        The grids that hold it, all of the same headings.
    files
        Names of all files of ``data/``.
    product
        What all marks are of where the file does not say.
    """
    first = parts[0] if len(parts) == 1 else joined(parts)
    columns = [*_matched(first), *completed(first, facts, product)]
    order = [column.name for column in first.schema.columns]
    columns.sort(key=lambda entry: order.index(entry.key))
    options = [
        *_sources(parts, files),
        *_header(first),
        *drop_entries(first),
        *_melt(first),
        *fill_down(first),
        *_generated(first),
        *convention_entries(first, facts),
        *_score_scale(first),
    ]
    made = Proposal(
        table=first.table,
        sources=tuple((part.grid.file, part.grid.sheet) for part in parts),
        options=tuple(options),
        columns=tuple(columns),
        values=tuple(_values(first, columns)),
        where=tuple(where_entries(first, facts)),
        unused=_unused(first, columns),
        doubts=tuple(_doubts(first, columns)),
    )
    name = preset_for(first.header.headings, first.table, presets)
    return on_preset(made, first, presets[name]) if name else made


def joined(parts: Sequence[Candidate]) -> Candidate:
    """Return the first of several grids of the same headings, with the profiles of all."""
    first = parts[0]
    profiles = tuple(
        _both([part.profiles[at] for part in parts]) for at in range(len(first.profiles))
    )
    return replace(first, profiles=profiles)


def _both(profiles: Sequence[Profile]) -> Profile:
    """Return the profile of a column in several files: what any of them shows counts."""
    fullest = max(profiles, key=lambda one: one.filled)
    orders = {one.order for one in profiles} - {"", "?"}
    open_ = any(one.order == "?" for one in profiles)
    said: Counter[str] = Counter()
    for one in profiles:
        said.update(dict(one.common))
    order = orders.pop() if len(orders) == 1 else "?" if open_ or orders else ""
    return replace(fullest, order=order, common=tuple(said.most_common(400)), distinct=len(said))


def _matched(candidate: Candidate) -> list[Entry]:
    return [
        Entry(
            key=name,
            value=source_of(candidate.grid, candidate.header, match.at),
            example=candidate.profiles[match.at].example,
            doubt=match.doubt,
        )
        for name, match in candidate.matches.items()
    ]


def _sources(parts: Sequence[Candidate], files: Collection[str]) -> list[Entry]:
    """Return ``files`` and ``sheets`` where the names do not say which table it is."""
    first = parts[0]
    names = list(dict.fromkeys(part.grid.file for part in parts))
    sheets = list(dict.fromkeys(part.grid.sheet for part in parts if part.grid.sheet))
    found: list[Entry] = []
    if len(names) > 1 or file_hint(first.table, names[0]) < 1:
        patterns = file_patterns(names, [one for one in files if one not in names])
        found.append(Entry(key="files", value=patterns[0] if len(patterns) == 1 else patterns))
    if any(part.grid.several for part in parts) and sheets:
        named = [heading_name(sheet) for sheet in sheets]
        named = ["*"] if len(named) > 1 and first.grid.sheets == len(parts) else named
        if len(named) > 1 or file_hint(first.table, sheets[0]) < 1 or found:
            found.append(Entry(key="sheets", value=named[0] if len(named) == 1 else named))
    return found


def _header(candidate: Candidate) -> list[Entry]:
    rows = candidate.header.rows
    if len(rows) == 1 and candidate.header.first and rows[0] == 1:
        return []
    return [Entry(key="header_row", value=rows[0] if len(rows) == 1 else list(rows))]


def _melt(candidate: Candidate) -> list[Entry]:
    if not candidate.wide:
        return []
    patterns = [heading_name(one) for one in candidate.wide.patterns]
    columns = patterns[0] if len(patterns) == 1 else patterns
    example = candidate.header.headings[candidate.wide.columns[0]]
    value = {"columns": columns, "into": list(into_of(candidate))}
    return [Entry(key="melt", value=value, example=example)]


def _generated(candidate: Candidate) -> list[Entry]:
    """Return ``generate`` and ``latest`` for the identifiers of answers."""
    if candidate.table not in ("survey", "satisfaction"):
        return []
    match = candidate.matches.get("respondent_id")
    made = [Entry(key="generate", value=["respondent_id"])]
    if match is None:
        return made
    profile = candidate.profiles[match.at]
    found = made if profile.blank > 0 else []
    if candidate.table == "survey" and profile.unique < 1 and "date" in candidate.matches:
        repeats = max(1, profile.filled - round(profile.unique * profile.filled))
        keys = ["respondent_id", *(["wave"] if "wave" in candidate.matches else [])]
        doubt = Doubt(code="latest", facts={"rows": repeats})
        found = [*found, Entry(key="latest", value=keys, doubt=doubt)]
    return found


def _values(candidate: Candidate, columns: Sequence[Entry]) -> list[Entry]:
    found: list[Entry] = []
    for entry in columns:
        column = candidate.schema.column(entry.key)
        match = candidate.matches.get(entry.key)
        from_stage = False
        if match is None and entry.key == "status":
            match, from_stage = candidate.matches.get("stage"), True
        if match is None:
            continue
        line = values_entry(candidate.table, column, candidate.profiles[match.at],
                            from_stage=from_stage)  # fmt: skip
        found += [line] if line else []
    if candidate.wide and candidate.table == "satisfaction":
        mark = candidate.schema.column("mark")
        line = values_entry(
            "satisfaction", mark, _both([candidate.profiles[at] for at in candidate.wide.columns])
        )
        found += [line] if line else []
    return [*_parameter_names(candidate), *found]


def _parameter_names(candidate: Candidate) -> list[Entry]:
    """Return readable names of parameters: without the code of a question or a note on the scale.

    Names of several words are to be looked at: the report calls the parameters so.
    """
    wide = candidate.wide
    if wide is None or candidate.table != "satisfaction" or len(wide.patterns) < 2:
        return []
    headings = [candidate.header.headings[at] for at in wide.columns]
    names = [parameter_name(heading) for heading in headings]
    worded = any(" " in name for name in names)
    if len(set(names)) < len(names) or not all(names) or (names == headings and not worded):
        return []
    value = {heading_name(n): [words_of(h)] for n, h in zip(names, headings, strict=True)}
    return [Entry(key="parameter", value=value, doubt=Doubt(code="names") if worded else None)]


def parameter_name(heading: str) -> str:
    """Return what a question's heading is about.

    >>> parameter_name("Q3 - Delivery (1-5)"), parameter_name("Rate: / Price")
    ('Delivery', 'Price')
    """
    name = heading.rpartition(" / ")[2].rpartition(" - ")[2].strip()
    return _SCALE.sub("", name).strip() or name


def _unused(candidate: Candidate, columns: Sequence[Entry]) -> tuple[str, ...]:
    used = {match.at for match in candidate.matches.values()}
    used |= set(candidate.wide.columns) if candidate.wide else set()
    return tuple(
        heading for at, heading in enumerate(candidate.header.headings)
        if at not in used and heading
    )  # fmt: skip


def _doubts(candidate: Candidate, columns: Sequence[Entry]) -> list[Doubt]:
    """Return required columns that nothing was found for."""
    made = set(into_of(candidate)) if candidate.wide else set()
    generated = {"respondent_id"} if candidate.table in ("survey", "satisfaction") else set()
    there = {entry.key for entry in columns} | made | generated
    return [
        Doubt(code="not_found", facts={"column": column.name})
        for column in candidate.schema.columns
        if column.required and column.name not in there
    ]


def _score_scale(candidate: Candidate) -> list[Entry]:
    """Return a choice for scores that never reach six."""
    match = candidate.matches.get("score") if candidate.table == "survey" else None
    if match is None:
        return []
    profile = candidate.profiles[match.at]
    if profile.scores > 0.9 and profile.highest <= 5 and profile.filled >= 10:
        doubt = Doubt(code="five_points", facts={"heading": candidate.header.headings[match.at]})
        return [Entry(key="scale", value="0-10", doubt=doubt, off=True)]
    return []
