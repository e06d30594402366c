"""Rows of a survey that are no answers: tests, previews, unfinished questionnaires."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from workbook.errors import Location, Problem
from workbook.intake.problems import copied, error, listed, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.rows.row_choice import counted, keys_of
from workbook.intake.rows.telling_words import (
    FINISHED,
    NO,
    PREVIEWS,
    PROGRESS,
    QUALTRICS,
    STATUS,
    TEST,
    TESTS,
    TYPED_TESTS,
    UNFINISHED,
    YES,
)
from workbook.intake.toml_line import where_line
from workbook.language.nearest import plain

Mask: TypeAlias = npt.NDArray[np.bool_]
_SCORES = {"survey": "score", "satisfaction": "mark"}
_MOST_VALUES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Says:
    """A column that says of some rows that they are no full answers."""

    index: int
    heading: str
    hits: Mask
    texts: tuple[str, ...]
    """Every distinct value of the column."""
    hit_texts: tuple[str, ...]

    @property
    def keeping(self) -> dict[str, object]:
        """The rule that keeps every row."""
        return {self.heading: list(self.texts)}

    @property
    def dropping(self) -> dict[str, object]:
        """The rule that leaves the rows out, in the shorter way."""
        rest = [text for text in self.texts if text not in self.hit_texts]
        if len(rest) == 1 and rest[0]:
            return {self.heading: rest[0]}
        return {self.heading: {"not": list(self.hit_texts)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRows:
    """The rows that are answers."""

    raw: RawTable
    problems: tuple[Problem, ...]
    told: frozenset[str] = frozenset()
    """Columns that have had their word, as places name them."""


def answers_only(
    raw: RawTable,
    positions: Mapping[str, int],
    extra: Sequence[int],
    *,
    table: str,
    where: Mapping[str, object],
) -> AnswerRows:
    """Leave out what is no answer; ``extra`` are the columns that the table does not read.

    A column that ``where`` names is the consultant's: it is followed and not judged again.
    """
    if table not in _SCORES or _SCORES[table] not in positions or not len(raw.rows):
        return AnswerRows(raw=raw, problems=())
    named = {plain(heading) for heading in where}
    free = [index for index in extra if plain(raw.headings[index]) not in named]
    problems: list[Problem] = []
    tests = [says for index in free if (says := _tests(raw, index))]
    hits = _any(tests, raw)
    if hits.any():
        problems.append(_tests_told(raw, tests, hits, table=table, where=where))
        raw = raw.keep_rows(~hits)
    unfinished = [says for index in extra if (says := _unfinished(raw, index))]
    open_ = _any(unfinished, raw)
    scored = ~raw.is_blank(positions[_SCORES[table]])
    dated = ~raw.is_blank(positions["date"]) if "date" in positions else np.ones_like(scored)
    asked = open_ & scored
    if any(plain(says.heading) in named for says in unfinished):
        asked = np.zeros_like(asked)
    if asked.any():
        problems.append(_unfinished_told(raw, unfinished, asked, table, where))
    empty = ~scored & (open_ | ~dated)
    if empty.any():
        at = raw.rows[empty]
        place = replace(raw.place, row=int(at[0]))
        problems.append(warning("unfinished_left", place, count=len(at), rows=listed(at)))
    problems += _typed_tests(raw, positions, table=table, where=where)
    told = {raw.column_place(says.index).column for says in (*tests, *unfinished)}
    left = raw.keep_rows(~(empty | asked))  # of the rows asked about nothing more is said
    return AnswerRows(raw=left, problems=tuple(problems), told=frozenset(told))


def _typed_tests(
    raw: RawTable, positions: Mapping[str, int], *, table: str, where: Mapping[str, object]
) -> list[Problem]:
    """Return a remark on the answers in which somebody has typed "test"."""
    named = {plain(heading) for heading in where}
    skipped = {positions[name] for name in ("date", _SCORES[table]) if name in positions}
    says: list[_Says] = []
    for index in range(len(raw.headings)):
        heading = plain(raw.headings[index])
        if index in skipped or not heading or heading in named | STATUS | TEST:
            continue
        codes, texts, keys = keys_of(raw, index)
        found = _says(raw, index, codes, texts, [key in TYPED_TESTS for key in keys], most=None)
        says += [found] if found else []
    hits = _any(says, raw)
    if not hits.any():
        return []
    at = raw.rows[hits]
    rules = dict(where)
    for one in says:
        rules |= {one.heading: {"not": list(one.hit_texts)}}
    place = replace(raw.place, row=int(at[0]))
    facts = {"count": len(at), "rows": listed(at), "values": _values(raw, says, hits)}
    return [warning("typed_tests", place, line=where_line(rules), table=table, **facts)]


def _tests(raw: RawTable, index: int) -> _Says | None:
    heading = plain(raw.headings[index])
    codes, texts, keys = keys_of(raw, index)
    if heading in STATUS and _is_qualtrics(raw):
        keys = [plain(QUALTRICS.get(key, key)) for key in keys]
    wanted = TESTS if heading in STATUS else PREVIEWS
    if heading in TEST and all(key in YES | NO | TESTS for key in keys):
        wanted = YES | TESTS
    return _says(raw, index, codes, texts, [key in wanted for key in keys])


def _is_qualtrics(raw: RawTable) -> bool:
    there = set(map(plain, raw.headings))
    return {"responseid", "recordeddate"} <= there


def _unfinished(raw: RawTable, index: int) -> _Says | None:
    heading = plain(raw.headings[index])
    if heading not in STATUS | FINISHED | PROGRESS:
        return None
    codes, texts, keys = keys_of(raw, index)
    if heading in FINISHED and all(key in YES | NO for key in keys):
        return _says(raw, index, codes, texts, [key in NO for key in keys])
    if heading in PROGRESS:
        return _says(raw, index, codes, texts, _below_full(keys))
    return _says(raw, index, codes, texts, [key in UNFINISHED for key in keys])


def _below_full(keys: Sequence[str]) -> list[bool]:
    """Tell which values are less than all, of 100, 100 % or 1."""
    numbers = [_number(key) for key in keys]
    known = [number for number in numbers if number is not None]
    full = 100.0 if any(number > 1 for number in known) else 1.0
    if not known or max(known) > full or (full == 1.0 and max(known) < 1):
        return [False] * len(keys)
    return [number is not None and number < full for number in numbers]


def _number(key: str) -> float | None:
    try:
        return float(key.rstrip("%").replace(",", "."))
    except ValueError:
        return None


def _says(
    raw: RawTable,
    index: int,
    codes: npt.NDArray[np.int64],
    texts: Sequence[str],
    hit: Sequence[bool],
    *,
    most: int | None = _MOST_VALUES,
) -> _Says | None:
    if not any(hit) or (most is not None and len(texts) > most):
        return None
    return _Says(
        index=index,
        heading=copied(raw.headings[index]),
        hits=np.array(hit, dtype=bool)[codes],
        texts=tuple(texts),
        hit_texts=tuple(text for text, is_hit in zip(texts, hit, strict=True) if is_hit),
    )


def _any(says: Sequence[_Says], raw: RawTable) -> Mask:
    hits = np.zeros(len(raw.rows), dtype=bool)
    for one in says:
        hits |= one.hits
    return hits


def _values(raw: RawTable, says: Sequence[_Says], hits: Mask) -> str:
    return "; ".join(f"{s.heading}: {counted(raw.texts[s.index][hits & s.hits])}" for s in says)


def _found(
    raw: RawTable, says: Sequence[_Says], hits: Mask, table: str
) -> tuple[Location, dict[str, object]]:
    """Return where the first of some rows is, and what is said of all of them."""
    at = raw.rows[hits]
    facts = {
        "count": len(at),
        "values": _values(raw, says, hits),
        "rows": listed(at),
        "table": table,
    }
    return replace(raw.place, row=int(at[0])), facts


def _tests_told(
    raw: RawTable, tests: Sequence[_Says], hits: Mask, *, table: str, where: Mapping[str, object]
) -> Problem:
    rules = dict(where)
    for says in tests:
        rules |= says.keeping
    place, facts = _found(raw, tests, hits, table)
    return warning("test_rows", place, line=where_line(rules), **facts)


def _unfinished_told(
    raw: RawTable, says: Sequence[_Says], hits: Mask, table: str, where: Mapping[str, object]
) -> Problem:
    whole = [one for one in says if not (hits & ~one.hits).any()]
    used = whole[:1] or list(says)
    drop = dict(where)
    for one in used:
        drop |= one.dropping
    keep = where_line({**where, **used[0].keeping})
    place, facts = _found(raw, used, hits, table)
    return error("unfinished_rows", place, drop=where_line(drop), keep=keep, **facts)
