"""What a recipe says without touching a row: where columns come from, how cells are written."""

from collections.abc import Mapping
from dataclasses import replace

from workbook.engagement.settings import ColumnSource, TableOptions
from workbook.errors import Location, Problem
from workbook.intake.heading_hints import heading_in
from workbook.intake.heading_lookup import HeadingLookup
from workbook.intake.problems import copied, shown, step
from workbook.intake.raw_table import RawTable
from workbook.intake.toml_line import toml_value
from workbook.language.languages import LANGUAGES

_DECLARED = (
    *("encoding", "delimiter", "decimal", "thousands", "unit", "scale", "date_order"),
    *("date_formats", "missing", "split"),
)


def columns_told(
    raw: RawTable, positions: Mapping[str, int], lookup: HeadingLookup
) -> list[Problem]:
    """Tell which of our columns come from where, as engagement.toml says."""
    found = {
        name: _source(raw, positions[name], source)
        for name, source in lookup.own.items()
        if name in positions and not source.row
    }
    if not found:
        return []
    columns = {name: lookup.schema.column(name) for name in found}
    told = {
        language: "; ".join(
            f"{heading_in(columns[name], language)} ← {text}" for name, text in found.items()
        )
        for language in LANGUAGES
    }
    place = replace(raw.place, row=raw.header_row)
    return [step("columns_mapped", place, mapped=told, count=len(found))]


def _source(raw: RawTable, index: int, source: ColumnSource) -> str:
    """Return the heading that a column comes from, or what stands in all of its rows."""
    if source.headings or source.column:
        return f"“{copied(raw.headings[index]) or raw.column_place(index).column}”"
    if source.join:
        return " + ".join(f"“{copied(heading)}”" for heading in source.join)
    said = source.value or source.above or source.sheet or source.file
    return f"= “{shown(said)}”"


def options_told(table: str, options: TableOptions, file: str) -> list[Problem]:
    """Tell what engagement.toml says of how the cells of a table are written."""
    unsaid = TableOptions()
    said = {
        name: getattr(options, name)
        for name in _DECLARED
        if getattr(options, name) != getattr(unsaid, name)
    }
    if not said:
        return []
    told = "; ".join(f"{name} = {toml_value(value)}" for name, value in said.items())
    return [step("options_declared", Location(file=file), table=table, options=told)]
