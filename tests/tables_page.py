"""The page of input tables, made of the schemas: ``python -m tests.tables_page`` writes it anew."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from workbook.diagnostics import all_diagnostics
from workbook.engagement.key_guide import KeyGuide, key_guides
from workbook.engagement.toml_schema import engagement_schema
from workbook.forms.intake_columns import bounds_text
from workbook.intake.schema import ColumnSchema, ColumnType, TableSchema
from workbook.intake.schema_files import all_schemas
from workbook.language.catalog import load_texts
from workbook.language.languages import ENGLISH, LANGUAGES

PATH = Path(__file__).resolve().parents[1] / "docs" / "tables.md"
_LINE_CODES = "line_"
_OPENING = """# Input tables

Made of `templates/tables/` and `templates/engagement.yaml` by `python -m tests.tables_page`; do not
edit it by hand.

A table is a CSV or XLSX file in `data/`, named after the table in any of the languages, or a sheet
of `data/intake.xlsx`; `workbook init` makes that workbook with all sheets, lists and notes.
Columns stand in any order.  A heading is recognised whatever its capitals, spaces and underscores;
one that is not in the lists below is mapped by `columns` (see the options at the end).
Identifiers are text: 007 stays 007."""
_OPTIONS = """## Options of [intake.&lt;table&gt;]

Under `[intake]` an option holds for every table, under `[intake.<table>]` for one; some belong to
one table only.  In headings, values and names of files and sheets `*` stands for anything."""


def page() -> str:
    """Return the page."""
    schemas = all_schemas()
    contents = [f"[{name}](#{name})" for name in schemas]
    parts = [_OPENING, " · ".join(contents)]
    parts += ["\n".join(_of_table(schema)) for schema in schemas.values()]
    parts += ["\n".join([_OPTIONS, "", *_options(key_guides().intake.values())])]
    return "\n\n".join(parts) + "\n"


def _of_table(schema: TableSchema) -> Iterator[str]:
    yield f"## {schema.name}"
    yield ""
    yield f"{schema.help[ENGLISH]}. Sheets and files: {_titles(schema)}. {_used(schema)}"
    if schema.unique:
        yield f"Together unique: {_listed(schema.unique)}."
    yield ""
    yield from _rows(
        ("column", "required", "kind and allowed values", "example", "what", "headings"),
        (_column(column) for column in schema.described),
    )
    if schema.open_column:
        own = schema.open_column
        yield ""
        yield f"Further columns: {own.help[ENGLISH][:1].lower()}{own.help[ENGLISH][1:]}" + _words(
            own
        )
    lines = [column for column in schema.columns if column not in schema.described]
    if lines:
        yield ""
        yield from _lines(lines)


def _titles(schema: TableSchema) -> str:
    return _listed(dict.fromkeys((schema.name, *(schema.headings[code] for code in LANGUAGES))))


def _used(schema: TableSchema) -> str:
    own = [d for d in all_diagnostics() if not d.joins]
    needed = [d.name for d in own if schema.name in d.needs_any]
    also = [d.name for d in own if schema.name in d.tables and d.name not in needed]
    said = [f"Enough for: {_listed(needed)}."] if needed else []
    return " ".join([*said, *([f"Read by: {_listed(also)}."] if also else [])])


def _column(column: ColumnSchema) -> tuple[str, ...]:
    must = "yes" if column.required else "in the long layout" if column.needed else ""
    if must == "yes" and column.blank:
        must = "column; cells may be blank"
    examples = dict.fromkeys(column.examples[code] for code in LANGUAGES)
    return (
        f"`{column.name}`",
        must,
        _kind(column),
        "; ".join(examples),
        column.help[ENGLISH],
        "; ".join(_headings(column)),
    )


def _kind(column: ColumnSchema) -> str:
    texts = load_texts("intake", ENGLISH)
    bounds = bounds_text(column, texts)
    said = texts(f"kinds.{column.kind}") + (f", {bounds}" if bounds else "")
    if column.kind is ColumnType.CHOICE:
        said = _choices(column)
    return f"{said}; blank is {column.default}" if column.default else said


def _choices(column: ColumnSchema) -> str:
    """Return the words of a list, each with the words of the other languages."""
    languages = [column.choice_words(code) for code in LANGUAGES]
    words = (dict.fromkeys((word, *(said[word] for said in languages))) for word in languages[0])
    return "; ".join(" = ".join(f"`{form}`" for form in forms) for forms in words)


def _words(column: ColumnSchema) -> str:
    return f": {_choices(column)}." if column.words else "."


def _headings(column: ColumnSchema) -> list[str]:
    return list(dict.fromkeys((*(column.headings[c] for c in LANGUAGES), *column.aliases)))


def _lines(columns: Sequence[ColumnSchema]) -> Iterator[str]:
    """Yield the columns of the wide layout, which are the words of ``line`` in the long one."""
    codes = [column for column in columns if column.name.startswith(_LINE_CODES)]
    yield (
        "Instead of `line` and `value` a row may have a column for each line, by its code in the "
        f"statutory form ({_listed(column.name for column in codes)}) or by its name:"
    )
    yield ""
    yield from _rows(
        ("column", "headings"),
        (
            (f"`{column.name}`", "; ".join(_headings(column)))
            for column in columns
            if column not in codes
        ),
    )


def _options(guides: Iterable[KeyGuide]) -> Iterator[str]:
    one = _of_one_table()
    yield from _rows(
        ("option", "what", "example", "where"),
        (
            (
                f"`{guide.name}`",
                guide.help[ENGLISH],
                f"`{guide.example_in(ENGLISH)}`",
                "one table" if guide.name in one else "all tables, or one",
            )
            for guide in guides
        ),
    )


def _of_one_table() -> set[str]:
    general = engagement_schema({})["properties"]["intake"]["properties"]
    return {"columns"} | set(key_guides().intake) - set(general)


def _rows(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _cell(text: str) -> str:
    plain = text.replace("|", "\\|")
    return plain if "`" in text else plain.replace("<", "&lt;").replace("*", "\\*")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def main() -> None:
    """Write the page."""
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
