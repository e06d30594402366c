"""Columns that are not read but may say which rows count: posted, deleted, cancelled, test."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbook.errors import Problem
from workbook.intake.problems import copied, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.rows.row_choice import counted, keys_of
from workbook.intake.rows.telling_words import DELETED, NO, POSTED, TELLING, TEST, YES
from workbook.intake.toml_line import where_line
from workbook.language.nearest import plain

_MOST = 30


def telling_columns(
    raw: RawTable, extra: Sequence[int], *, table: str, where: Mapping[str, object]
) -> tuple[list[Problem], list[int]]:
    """Return a remark for each such column with more than one value, and the columns."""
    problems: list[Problem] = []
    columns: list[int] = []
    for index in extra:
        heading = plain(raw.headings[index]).rstrip("?")
        if heading not in TELLING:
            continue
        _, texts, keys = keys_of(raw, index)
        if not 1 < len(texts) <= _MOST:
            continue
        columns.append(index)
        rule = {copied(raw.headings[index]): {"not": _odd(raw, index, heading, texts, keys)}}
        place = replace(raw.column_place(index), row=raw.header_row)
        facts = {"values": counted(raw.texts[index]), "table": table}
        line = where_line({**where, **rule})
        problems.append(warning("telling_column", place, line=line, **facts))
    return problems, columns


def _odd(raw: RawTable, index: int, heading: str, texts: Sequence[str], keys: Sequence[str]) -> str:
    """Return the value whose rows most likely do not count."""
    wanted = NO if heading in POSTED else YES if heading in DELETED | TEST else frozenset()
    named = [text for text, key in zip(texts, keys, strict=True) if key in wanted]
    if named:
        return named[0]
    cells = [text.strip() for text in raw.texts[index]]
    return min((text for text in texts if text), key=cells.count)
