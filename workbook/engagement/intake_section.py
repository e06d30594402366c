"""The shape of engagement.toml (strict pydantic models), and what is wrong with its [intake]."""

import codecs
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from babel.core import get_global
from pydantic import AfterValidator, BaseModel, Field, PlainValidator, create_model
from pydantic_core import PydanticCustomError

from workbook.engagement.settings import (
    SCHEMA_VERSION,
    ColumnSource,
    IntakeOptions,
    Melt,
    TableOptions,
)
from workbook.engagement.strict_model import STRICT, Line, Word, one_line
from workbook.engagement.whatif_section import WhatIfSection
from workbook.errors import Problem
from workbook.intake.config_errors import place, unknown_key
from workbook.intake.declared_facts import fact_problems
from workbook.intake.files.sources import find_sources
from workbook.intake.problems import copied, error
from workbook.intake.recipe import recipe_shapes
from workbook.intake.rows.row_rules import rules_of
from workbook.intake.schema import ColumnType, TableSchema
from workbook.intake.schema_files import all_schemas
from workbook.intake.toml_line import columns_line, where_line
from workbook.language.languages import LANGUAGES
from workbook.language.nearest import nearest, plain

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9])", re.IGNORECASE)


def _name(pattern: str) -> Any:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise PydanticCustomError("bad_id", "not a plain name", {"pattern": f"^{pattern}$"})
        if _RESERVED.fullmatch(text):
            raise PydanticCustomError("reserved_name", "reserved by Windows")
        return text

    return AfterValidator(check)


def _currency(code: str) -> str:
    if code not in get_global("all_currencies"):
        raise PydanticCustomError("unknown_currency", "no such currency")
    return code


def _codec(name: str) -> str:
    try:
        info = codecs.lookup(name) if name else None
    except (LookupError, ValueError):
        info = None
    if name and (info is None or not getattr(info, "_is_text_encoding", True)):
        raise PydanticCustomError("unknown_encoding", "no such encoding")
    return name


def _separator(text: str) -> str:
    if text and not text.strip(" "):
        raise PydanticCustomError("empty_value", "nothing written")
    return text


def _version(number: int) -> int:
    if number != SCHEMA_VERSION:
        raise PydanticCustomError("schema_version", "other version", {"known": SCHEMA_VERSION})
    return number


Id = Annotated[str, _name(r"[a-z0-9][a-z0-9_-]{0,63}")]
Period = Annotated[str, _name(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")]


class _Strict(BaseModel):
    model_config = STRICT


def _of_one_table(said: Any) -> Any:
    if said:
        raise PydanticCustomError("of_one_table", "belongs to a table")
    return said


def _where(said: dict[str, Any]) -> dict[str, Any]:
    try:
        rules_of(said)
    except ValueError as failure:
        heading = str(failure)
        facts = {
            "heading": heading,
            "line": where_line({heading: ["a", "b"]}),
            "other": where_line({heading: {"not": "a"}}),
        }
        raise PydanticCustomError("bad_where", "not a rule", facts) from None
    return said


_MELT_LINE = 'melt = {columns = ["Price", "Quality"], into = ["parameter", "mark"]}'


def _shape(code: str, normal: Callable[[Any], Any]) -> Any:
    """Return what brings a value of any shape into ours, or refuses it by the code."""

    def check(said: Any) -> Any:
        try:
            return normal(said)
        except ValueError as failure:
            facts = {"at": str(failure), "line": _MELT_LINE}
            raise PydanticCustomError(code, "of another shape", facts) from None

    return PlainValidator(check)


Words = Annotated[tuple[str, ...], _shape("bad_words", recipe_shapes.words)]
Headings = Annotated[tuple[str, ...], _shape("bad_words", recipe_shapes.headings)]
HeaderRows = Annotated[tuple[int, ...], _shape("bad_header_row", recipe_shapes.header_rows)]
DateFormats = Annotated[tuple[str, ...], _shape("bad_date_format", recipe_shapes.date_formats)]
Columns = Annotated[dict[str, ColumnSource], _shape("bad_columns", recipe_shapes.columns)]
Values = Annotated[
    dict[str, dict[str, tuple[str, ...]]], _shape("bad_values", recipe_shapes.values)
]
DropRows = Annotated[tuple[int | str, ...], _shape("bad_drop_rows", recipe_shapes.drop_rows)]
Melted = Annotated[Melt | None, _shape("bad_melt", recipe_shapes.melt)]


class TableSection(_Strict):
    """[intake.<table>]: how the files of one table are written."""

    preset: Annotated[str, Field(max_length=64)] = ""
    file: Words = ()
    files: Words = ()
    sheets: Words = ()
    header_row: HeaderRows = ()
    headings: Headings = ()
    encoding: Annotated[str, AfterValidator(_codec)] = ""
    delimiter: Literal["", ",", ";", "\t", "|"] = ""
    decimal: Literal["", ",", "."] = ""
    thousands: Literal["", ",", ".", " ", "'"] = ""
    scale: Literal["", "0-10", "1-10", "1-5", "percent"] = ""
    unit: Literal["", "one", "thousand", "million", "billion"] = ""
    date_order: Literal["", "dmy", "mdy", "ymd"] = ""
    date_formats: DateFormats = ()
    skip_rows: Annotated[int, Field(ge=0, le=1000)] | None = None
    missing: Annotated[list[Word], Field(max_length=100)] = []
    join_ids: bool | None = None
    split: Annotated[str, Field(max_length=10), AfterValidator(_separator)] = ""
    columns: Columns = {}
    values: Values = {}
    where: Annotated[dict[str, Any], AfterValidator(_where)] = {}
    drop_rows: DropRows = ()
    fill_down: Words = ()
    generate: Words = ()
    latest: Words = ()
    melt: Melted = None


_OF_ONE_TABLE = (
    *("preset", "file", "files", "sheets", "header_row", "headings", "values", "where"),
    *("drop_rows", "fill_down", "generate", "latest", "melt"),
)


class _GeneralShape(TableSection):
    """[intake]: the same for every table, apart from what only one file can have."""

    columns: dict[str, dict[str, str]] = {}  # type: ignore[assignment]


_General = create_model(
    "_General",
    __base__=_GeneralShape,
    **{name: (Annotated[Any, AfterValidator(_of_one_table)], None) for name in _OF_ONE_TABLE},  # type: ignore[call-overload]
)

_TABLES: dict[str, Any] = dict.fromkeys(all_schemas(), (TableSection | None, None))
IntakeSection = create_model(
    "IntakeSection",
    __base__=_General,
    __doc__="[intake], with a section for each table.",
    **_TABLES,
)


class Configuration(_Strict):
    """engagement.toml; [brand], [report] and [params] are checked by their own modules."""

    schema_version: Annotated[int, AfterValidator(_version)]
    id: Id
    client: Line
    language: Literal[LANGUAGES]  # type: ignore[valid-type]
    currency: Annotated[str, AfterValidator(_currency)]
    period: Period
    as_of: date
    status: Literal["draft", "final"] = "draft"
    diagnostics: list[str] = []
    anonymity_threshold: Annotated[int, Field(ge=1, le=1000)] = 5
    anonymise: bool | Literal["scrub"] = False
    previous: Annotated[str, AfterValidator(one_line)] | None = None
    previous_of_other_client: bool = False
    previous_rate: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    compare: Literal["period", "window"] = "period"
    intake: IntakeSection = Field(default_factory=IntakeSection)  # type: ignore[valid-type]
    brand: dict[str, Any] = {}
    report: dict[str, Any] = {}
    params: dict[str, dict[str, Any]] = {}
    whatif: WhatIfSection = WhatIfSection()


def intake_options(said: BaseModel) -> IntakeOptions:
    """Return what a checked [intake] section says, for all tables and for each."""
    given = {name: getattr(said, name) for name in TableSection.model_fields}
    mapped = given.pop("columns")
    general = {name: given[name] for name in given if name not in _OF_ONE_TABLE}
    tables: dict[str, TableOptions] = {}
    for name in all_schemas():
        own = getattr(said, name)
        told = {} if own is None else {n: getattr(own, n) for n in TableSection.model_fields}
        headings = {n: ColumnSource(headings=(head,)) for n, head in mapped.get(name, {}).items()}
        if told or headings:
            told["columns"] = headings | told.get("columns", {})
            tables[name] = _table_options(told)
    return IntakeOptions(general=_table_options(general), tables=tables)


def _table_options(said: Mapping[str, Any]) -> TableOptions:
    """Return options with their lists as tuples, which a frozen class can hold."""
    fixed: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in said.items()
    }
    files = (*fixed.pop("file", ()), *fixed.pop("files", ()))
    return TableOptions(**{**fixed, "files": files})


def intake_problems(raw: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with [intake] beyond the shape of its keys."""
    return [
        *_column_problems(raw),
        *_recipe_problems(raw),
        *fact_problems(raw),
        *_split_problems(raw),
    ]


def _recipe_problems(raw: Mapping[str, Any]) -> list[Problem]:
    """Check that recipes name columns and values that our tables have."""
    intake = section(raw, "intake")
    problems: list[Problem] = []
    for table, schema in all_schemas().items():
        said = section(intake, table)
        if not said:
            continue
        names = [column.name for column in schema.columns]
        named = [("values", str(name)) for name in section(said, "values")]
        for key in ("generate", "latest"):
            named += [(key, name) for name in _texts(said.get(key))]
        named += [("melt.into", name) for name in _texts(section(said, "melt").get("into"))]
        for key, name in named:
            if name not in names:
                facts = {"table": table, "known": ", ".join(names[:30])}
                where = place(f"intake.{table}.{key}")
                near = nearest(name, names)
                problems.append(error("recipe_column", where, name, nearest=near, **facts))
        problems += _value_problems(section(said, "values"), schema)
        ids = [column.name for column in schema.columns if column.kind is ColumnType.ID]
        for name in _texts(said.get("generate")):
            if name in names and name not in ids:
                facts = {"name": name, "known": ", ".join(ids)}
                problems.append(error("generate_no_id", place(f"intake.{table}.generate"), **facts))
    return problems


def _value_problems(said: Mapping[str, Any], schema: TableSchema) -> list[Problem]:
    """Check that closed lists know the values that words are brought to."""
    problems: list[Problem] = []
    for column in schema.columns:
        words = section(said, column.name)
        if not column.choices or not words:
            continue
        known = {plain(form) for word, forms in column.choices.items() for form in (word, *forms)}
        for ours in words:
            if ours and plain(str(ours)) not in known:
                where = place(f"intake.{schema.name}.values.{column.name}")
                facts = {"column": column.name, "known": ", ".join(column.choices)}
                near = nearest(str(ours), column.choices)
                problems.append(error("recipe_value", where, ours, nearest=near, **facts))
    return problems


def _texts(said: Any) -> list[str]:
    """Return the texts of a value that may be one text or a list, of any shape."""
    found = said if isinstance(said, list) else [said]
    return [one for one in found if isinstance(one, str)]


def _column_problems(raw: Mapping[str, Any]) -> list[Problem]:
    """Check that the headings that [intake] maps belong to our tables and columns."""
    intake, schemas = section(raw, "intake"), all_schemas()
    mapped = section(intake, "columns")
    problems = [
        unknown_key(f"intake.columns.{table}", table, schemas)
        for table in mapped
        if table not in schemas
    ]
    for table, schema in schemas.items():
        if not (table in mapped or section(intake, table)):
            continue
        known = [column.name for column in schema.columns]
        for key, headings in (
            (f"intake.columns.{table}", section(mapped, table)),
            (f"intake.{table}.columns", section(section(intake, table), "columns")),
        ):
            problems += [
                unknown_key(f"{key}.{name}", name, known) for name in headings if name not in known
            ]
    return problems


def _split_problems(raw: Mapping[str, Any]) -> list[Problem]:
    """Find the option ``split`` of tables in which no cell holds several values."""
    intake = section(raw, "intake")
    splitting = [table for table in all_schemas() if section(intake, table).get("split")]
    if not splitting:
        return []
    lists = [t for t, s in all_schemas().items() if any(c.lists for c in s.columns)]
    return [
        error("split_without_lists", place(f"intake.{table}.split"), tables=", ".join(lists))
        for table in splitting
        if table not in lists
    ]


def columns_without_table(raw: Mapping[str, Any], folder: Path) -> list[Problem]:
    """Return one problem with the whole line of the table that is most likely meant.

    It is the table that has the most of the named columns; of several, one whose file is there.
    """
    intake = section(raw, "intake")
    mapped = section(intake, "columns")
    named = {name: copied(said) for name, said in mapped.items() if isinstance(said, str)}
    table = _meant(named, folder) if named else ""
    if not table:
        return []
    try:
        before = recipe_shapes.columns(section(section(intake, table), "columns"))
    except ValueError:
        before = {}
    known = {column.name for column in all_schemas()[table].columns}
    line = columns_line({**before, **{n: said for n, said in named.items() if n in known}})
    return [error("columns_without_table", place("intake.columns"), table=table, line=line)]


def _meant(named: Mapping[str, str], folder: Path) -> str:
    schemas = all_schemas()
    there = {source.table for source in find_sources(folder, schemas)[0]}

    def merit(table: str) -> tuple[int, bool]:
        known = {column.name for column in schemas[table].columns}
        return len(known & named.keys()), table in there

    best = max(schemas, key=merit)
    return best if merit(best)[0] else ""


def section(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a sub-table, or an empty one when it is absent or no table."""
    value = raw.get(name, {})
    return value if isinstance(value, Mapping) else {}
