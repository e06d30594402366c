"""The shape of engagement.toml: strict pydantic models, unknown keys refused."""

import codecs
import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from babel.core import get_global
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model
from pydantic_core import PydanticCustomError

from workbook.engagement.settings import SCHEMA_VERSION, IntakeOptions, TableOptions
from workbook.intake.rows.row_choice import rules_of
from workbook.intake.schema_files import all_schemas
from workbook.intake.toml_line import where_line
from workbook.language.languages import LANGUAGES

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9])", re.IGNORECASE)
_BIDI_OR_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\u200b]")


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


def _one_line(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("empty_value", "nothing written")
    if _BIDI_OR_CONTROL.search(text):
        raise PydanticCustomError("control_characters", "control characters")
    return text.strip()


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
Word = Annotated[str, Field(max_length=100), AfterValidator(_one_line)]
Line = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


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


class TableSection(_Strict):
    """[intake.<table>]: how the files of one table are written."""

    encoding: Annotated[str, AfterValidator(_codec)] = ""
    delimiter: Literal["", ",", ";", "\t", "|"] = ""
    decimal: Literal["", ",", "."] = ""
    thousands: Literal["", ",", ".", " ", "'"] = ""
    scale: Literal["", "0-10", "1-10", "1-5", "percent"] = ""
    unit: Literal["", "one", "thousand", "million", "billion"] = ""
    date_order: Literal["", "dmy", "mdy", "ymd"] = ""
    skip_rows: Annotated[int, Field(ge=0, le=1000)] | None = None
    missing: Annotated[list[Word], Field(max_length=100)] = []
    join_ids: bool | None = None
    split: Annotated[str, Field(max_length=10), AfterValidator(_separator)] = ""
    columns: dict[str, str] = {}
    where: Annotated[dict[str, Any], AfterValidator(_where)] = {}
    drop_rows: list[Annotated[int, Field(ge=1)]] = []


class _General(TableSection):
    """[intake]: the same for every table, headings and single rows apart."""

    columns: dict[str, dict[str, str]] = {}  # type: ignore[assignment]
    where: Annotated[dict[str, Any], AfterValidator(_of_one_table)] = {}
    drop_rows: Annotated[list[int], AfterValidator(_of_one_table)] = []


_TABLES: dict[str, Any] = dict.fromkeys(all_schemas(), (TableSection | None, None))
IntakeSection = create_model(
    "IntakeSection",
    __base__=_General,
    __doc__="[intake], with a section for each table.",
    **_TABLES,
)


class Configuration(_Strict):
    """engagement.toml; [brand] and [params] are checked by their own modules."""

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
    previous: Annotated[str, AfterValidator(_one_line)] | None = None
    intake: IntakeSection = IntakeSection()  # type: ignore[valid-type]
    brand: dict[str, Any] = {}
    params: dict[str, dict[str, Any]] = {}


def intake_options(said: BaseModel) -> IntakeOptions:
    """Return what a checked [intake] section says, for all tables and for each."""
    told = said.model_dump()
    mapped = told.pop("columns")
    own = {name: told.pop(name) or {} for name in all_schemas()}
    tables = {name: own[name] | {"columns": mapped.get(name, {}) | own[name].get("columns", {})}
              for name in own if own[name] or name in mapped}  # fmt: skip
    return IntakeOptions(
        general=_table_options(told),
        tables={name: _table_options(options) for name, options in tables.items()},
    )


def _table_options(said: Mapping[str, Any]) -> TableOptions:
    """Return options with their lists as tuples, which a frozen class can hold."""
    fixed: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in said.items()
    }
    return TableOptions(**fixed)
