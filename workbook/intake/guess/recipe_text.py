"""A proposal as TOML for people: a line per column with an example, doubts marked."""

from collections.abc import Iterable, Sequence

from workbook.intake.guess.assignment import Doubt
from workbook.intake.guess.proposal import Entry, Proposal
from workbook.intake.problems import shown
from workbook.intake.toml_line import quoted, toml_value
from workbook.language.catalog import Texts

_MOST_UNUSED, _MOST_WORDS = 40, 8
_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def recipe_text(proposal: Proposal, say: Texts) -> str:
    """Return the sections of engagement.toml for one table."""
    name = f"intake.{proposal.table}"
    sources = "; ".join(_quote(" / ".join(filter(None, one))) for one in proposal.sources[:5])
    more = "; ..." if len(proposal.sources) > 5 else ""
    lines = [f"[{name}]", f"# {say('map.from', sources=sources + more)}"]
    lines += [entry_line(entry, say) for entry in proposal.options]
    lines += [f"# ? {doubt_words(doubt, say)}" for doubt in proposal.doubts]
    if proposal.by_preset:
        lines.append(f"# {say('map.by_preset')}")
        lines += [f"#   {entry_line(entry, say)}" for entry in proposal.by_preset]
    if proposal.unused:
        lines.append(f"# {say('map.unused', headings=_listed(proposal.unused, _MOST_UNUSED))}")
    for key, group in (
        ("columns", proposal.columns), ("values", proposal.values), ("where", proposal.where)
    ):  # fmt: skip
        if group:
            lines += ["", f"[{name}.{key}]", *(entry_line(entry, say) for entry in group)]
    return "\n".join(lines) + "\n"


def entry_line(entry: Entry, say: Texts) -> str:
    """Return one line: key, value, and in a comment the doubt and an example."""
    line = f"{key_text(entry.key)} = {toml_value(entry.value)}"
    comment = comment_of(entry, say)
    if entry.off:
        return f"# ? {line}{'  # ' + comment if comment else ''}"
    mark = "? " if entry.doubt else ""
    return line + (f"  # {mark}{comment}" if comment else "")


def comment_of(entry: Entry, say: Texts) -> str:
    """Return what stands behind a line."""
    told = [doubt_words(entry.doubt, say)] if entry.doubt else []
    if entry.example:
        told.append(say("map.example", value=shown(entry.example)))
    return "; ".join(told)


def doubt_words(doubt: Doubt, say: Texts) -> str:
    """Return a doubt in words, in one line."""
    facts = {name: _fact(value) for name, value in doubt.facts.items()}
    return shown_whole(say(f"map.doubts.{doubt.code}", **facts))


def _fact(value: object) -> object:
    if isinstance(value, list | tuple):
        return _listed(value, _MOST_WORDS)
    return _quote(value) if isinstance(value, str) else value


def _listed(items: Iterable[object], most: int) -> str:
    every: Sequence[object] = list(items)
    told = ", ".join(_quote(str(item)) for item in every[:most])
    return told + (f", ... ({len(every)})" if len(every) > most else "")


def _quote(text: str) -> str:
    return f'"{shown(text)}"'


def shown_whole(text: str) -> str:
    """Return a sentence as one line."""
    return " ".join(text.split())


def key_text(key: str) -> str:
    """Return a key as TOML writes it.

    >>> print(key_text("date"), key_text("Дата"))
    date "Дата"
    """
    return key if key and set(key) <= _BARE else quoted(key)
