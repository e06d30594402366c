"""A proposed recipe written into engagement.toml: what the consultant wrote stays as it is."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, InlineTable

from workbook.engagement.intake_section import TableSection, section
from workbook.engagement.settings import TableOptions
from workbook.intake.guess.proposal import Entry, Proposal
from workbook.intake.guess.recipe_text import entry_line, recipe_text
from workbook.language.catalog import Texts

_INSTEAD: Mapping[str, tuple[str, ...]] = {
    "header_row": ("headings", "skip_rows"),
    "drop_rows": ("skip_rows",),
    "thousands": ("decimal",),
    "date_order": ("date_formats",),
}
"""Where one of these is said already, the option would contradict it."""


class CannotAddError(Exception):
    """The file is written in a way that nothing can be added to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """engagement.toml with a recipe in it."""

    text: str
    keys: tuple[str, ...]
    """What was added, dotted below the table: ``drop_rows``, ``columns.date``."""


def lacking(proposal: Proposal, said: TableOptions) -> Proposal:
    """Return the lines of a proposal that the consultant's options leave open."""
    unsaid = TableOptions()
    there = {f.name for f in fields(said) if getattr(said, f.name) != getattr(unsaid, f.name)}
    own = {name for name in there if name != "columns"}
    into = _into(proposal)
    options = [
        entry
        for entry in proposal.options
        if entry.key not in own
        and not own & set(_INSTEAD.get(entry.key, ()))
        and not (entry.key == "melt" and into & said.columns.keys())
        and not (entry.off and there)
    ]
    taken = set() if said.melt is None else set(said.melt.into)
    columns = [e for e in proposal.columns if e.key not in {*said.columns, *taken}]
    return replace(
        proposal,
        options=tuple(options),
        columns=tuple(columns),
        values=tuple(e for e in proposal.values if e.key not in said.values),
        where=() if said.where else proposal.where,
    )


def _into(proposal: Proposal) -> set[str]:
    melt = next((entry.value for entry in proposal.options if entry.key == "melt"), None)
    return set(melt["into"]) if isinstance(melt, dict) else set()


def with_recipe(text: str, proposal: Proposal, say: Texts) -> Added:
    """Return engagement.toml with the recipe added; a section that is there is added to.

    Raises
    ------
    CannotAddError
        When the file writes [intake] in a way that nothing can be added to.
    """
    keys = _keys(proposal)
    if not keys:
        return Added(text=text, keys=())
    raw = tomllib.loads(text)
    own = section(raw, "intake").get(proposal.table)
    made = _appended(text, proposal, say) if own is None else _extended(text, proposal, say)
    _check(made, proposal.table)
    return Added(text=made, keys=keys)


def _keys(proposal: Proposal) -> tuple[str, ...]:
    return (
        *(e.key for e in proposal.options if not e.off),
        *(f"columns.{e.key}" for e in proposal.columns),
        *(f"values.{e.key}" for e in proposal.values if not e.off),
        *(f"where.{e.key}" for e in proposal.where),
    )


def _appended(text: str, proposal: Proposal, say: Texts) -> str:
    """Put a new section at the end: nothing above it is touched."""
    end = "\r\n" if "\r\n" in text else "\n"
    added = recipe_text(proposal, say).replace("\n", end)
    begun = text if text.endswith("\n") or not text else text + end
    return f"{begun}{end}{added}"


def _extended(text: str, proposal: Proposal, say: Texts) -> str:
    """Put missing keys into a section that is there."""
    try:
        document = tomlkit.parse(text)
        table = document["intake"][proposal.table]
        if not isinstance(table, AbstractTable):
            raise CannotAddError
        for entry in proposal.options:
            if not entry.off:
                _put(table, entry, say)
        for name, group in (
            ("columns", proposal.columns), ("values", proposal.values), ("where", proposal.where)
        ):  # fmt: skip
            _put_group(table, name, [entry for entry in group if not entry.off], say)
        return tomlkit.dumps(document)
    except (TOMLKitError, KeyError, TypeError, ValueError, AttributeError) as failure:
        raise CannotAddError from failure


def _put_group(table: Any, name: str, entries: Sequence[Entry], say: Texts) -> None:
    if not entries:
        return
    if name not in table:
        table.append(
            name, tomlkit.inline_table() if isinstance(table, InlineTable) else tomlkit.table()
        )
    for entry in entries:
        _put(table[name], entry, say)


def _put(table: Any, entry: Entry, say: Texts) -> None:
    """Put one line into a table; within braces there is no room for a comment."""
    bare = isinstance(table, InlineTable)
    line = entry_line(replace(entry, doubt=None, example="") if bare else entry, say)
    parsed = tomlkit.parse(line + "\n")
    table.append(entry.key, parsed[entry.key])


def _check(text: str, table: str) -> None:
    """Make sure that what was made is TOML, and a recipe."""
    try:
        raw = tomllib.loads(text)
        TableSection.model_validate(raw["intake"][table])
    except (tomllib.TOMLDecodeError, ValidationError, KeyError, TypeError) as failure:
        raise CannotAddError from failure
