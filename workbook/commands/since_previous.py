"""What the new files have that those of the period before had not, and the other way round."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from workbook.engagement.settings import Engagement, TableOptions
from workbook.errors import InputError
from workbook.intake.files.book_reader import BookReader
from workbook.intake.guess.differences import heading_differences, new_words
from workbook.intake.guess.grid import Grid
from workbook.intake.guess.header import Header, header_of
from workbook.intake.guess.read_grids import read_grids
from workbook.intake.table import InputTable
from workbook.intake.tables import read_tables
from workbook.language.catalog import Texts

_MOST = 12


def differences_told(
    engagement: Engagement,
    sources: Mapping[str, tuple[str, str]],
    grids: Collection[Grid],
    *,
    load: Callable[[Path], Engagement],
    say: Texts,
) -> list[str]:
    """Return lines on the tables of an engagement that the period before had, too.

    Parameters
    ----------
    sources
        Table -> its file and sheet.
    load
        Reads engagement.toml of the period before; when it cannot be used nothing is told.
    """
    if engagement.previous is None or not sources:
        return []
    try:
        before = load(engagement.previous)
    except InputError:
        return []
    with BookReader() as books:
        tables = read_tables(before, list(sources), books=books).tables
        old_grids = read_grids(before.folder, before.language, books)
    lines: list[str] = []
    for table, source in sources.items():
        old = tables.get(table)
        now = _grid(grids, *source)
        then = _grid(old_grids, *_source(old)) if old else None
        if now and then:
            lines += _told(table, then, now, engagement.intake.of(table), say)
    return lines


def _source(table: InputTable) -> tuple[str, str]:
    return table.file.removeprefix("data/"), table.sheet


def _grid(grids: Collection[Grid], file: str, sheet: str) -> tuple[Grid, Header] | None:
    for grid in grids:
        if grid.file == file and grid.sheet == sheet and (header := header_of(grid)):
            return grid, header
    return None


def _told(
    table: str,
    then: tuple[Grid, Header],
    now: tuple[Grid, Header],
    said: TableOptions,
    say: Texts,
) -> list[str]:
    found = heading_differences(then[1].headings, now[1].headings)
    lines = [
        say("map.told.renamed", table=table, before=f'"{old}"', now=f'"{new}"')
        for old, new in found.renamed[:_MOST]
    ]
    for key, headings in (("new_headings", found.new), ("gone_headings", found.gone)):
        if headings:
            lines.append(say(f"map.told.{key}", table=table, headings=_listed(headings)))
    names = {name: source.headings[0] for name, source in said.columns.items() if source.headings}
    for column, words in new_words(then, now, names, said.values).items():
        facts = {"column": column, "words": _listed(words)}
        lines.append(say("map.told.new_words", table=table, **facts))
    return lines


def _listed(items: Collection[str]) -> str:
    told = ", ".join(f'"{item}"' for item in list(items)[:_MOST])
    return told + (f", ... ({len(items)})" if len(items) > _MOST else "")
