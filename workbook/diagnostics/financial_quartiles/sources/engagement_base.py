"""The reference base of an engagement: its own table or file, or the shipped sample; and what
``workbook base build`` computes for one.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from workbook.diagnostics.financial_quartiles.peer_base import Base
from workbook.diagnostics.financial_quartiles.reference_base.base_file import read_base
from workbook.diagnostics.financial_quartiles.reference_base.cut import Formulas
from workbook.diagnostics.financial_quartiles.reference_base.formulas import sql_formulas
from workbook.diagnostics.financial_quartiles.reference_base.typed_base import (
    QUARTILES,
    base_of,
    fits,
)
from workbook.diagnostics.financial_quartiles.sources.ratio_files import (
    load_ratios,
    shipped_lines,
)
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Location, Problem, Severity
from workbook.intake.files.plain_file import is_there, problem_at
from workbook.intake.problems import cut, shown
from workbook.intake.table import InputTable
from workbook.language.nearest import nearest
from workbook.language.package_data import templates

FILE = "data/base.parquet"


def load_base(
    engagement: Engagement, typed: pd.DataFrame | None, *, ratios: Collection[str]
) -> Base:
    """Return the base that an engagement is compared with.

    Parameters
    ----------
    engagement
        The engagement, with its folder.
    typed
        The input table ``base``, if the engagement has one.
    ratios
        Ids of the ratios that are known.

    Raises
    ------
    InputError
        When ``data/base.parquet`` is not a base.
    """
    if typed is not None:
        return base_of(typed, name="base", ratios=ratios)
    if not is_there(engagement.folder, FILE):
        return sample_base()
    return _own_base(engagement)


@cache
def sample_base() -> Base:
    """Return the base that comes with the program; its companies are invented."""
    return read_base(templates() / "base" / "sample.parquet")


def shipped_formulas(unit: int, own: Path | None = None) -> Formulas:
    """Return the shipped ratios, and those of a file of one's own, as a base computes them.

    Parameters
    ----------
    unit
        Roubles per unit of the statements.
    own
        Another ratios.yaml.

    Raises
    ------
    InputError
        With every problem of the file.
    UsageError
        When a ratio reads a line that statements of the full form do not have.
    """
    return sql_formulas(load_ratios(own=own), shipped_lines(), unit=unit)


def _own_base(engagement: Engagement) -> Base:
    problem = problem_at(engagement.folder, FILE)
    if problem:
        raise InputError([problem])
    return read_base(engagement.folder / FILE, Location(file=FILE))


def check_base(
    engagement: Engagement, tables: Mapping[str, InputTable], *, ratios: Collection[str]
) -> tuple[Problem, ...]:
    """Return what is wrong with the engagement's own base."""
    table = tables.get("base")
    problems: list[Problem] = []
    if is_there(engagement.folder, FILE):
        try:
            _own_base(engagement)
        except InputError as error:
            problems += error.problems
        if table is not None:
            place = Location(file=table.file, sheet=table.sheet)
            problems.append(Problem(code="base_two_files", place=place, facts={"other": FILE}))
    if table is not None:
        for found in (_orders(table), _codes(table), _mixed(table), _unknown(table, ratios)):
            listed = list(found)
            problems += cut(listed, count=len(listed)) if listed else []
    return tuple(problems)


def _place(table: InputTable, row: object, column: str) -> Location:
    heading = table.columns.get(column, column)
    return Location(file=table.file, sheet=table.sheet, row=int(str(row)), column=heading)


def _orders(table: InputTable) -> Iterator[Problem]:
    """Find quartiles that fall."""
    for row, *written in table.frame[list(QUARTILES)].dropna().itertuples():
        q1, median, q3 = map(float, written)
        if not q1 <= median <= q3:
            facts = dict(zip(QUARTILES, written, strict=True))
            yield Problem(code="base_order", place=_place(table, row, "median"), facts=facts)


def _codes(table: InputTable) -> Iterator[Problem]:
    """Find codes that are not of the level of their row."""
    for row, level, code in table.frame[["level", "code"]].itertuples():
        text = "" if pd.isna(code) else str(code)
        if not pd.isna(level) and not fits(str(level), text):
            place = _place(table, row, "code")
            yield Problem(
                code="base_code", place=place, found=shown(text), facts={"level": str(level)}
            )


def _mixed(table: InputTable) -> Iterator[Problem]:
    """Find a base of two currencies or countries: its sizes would mean nothing."""
    for column in ("currency", "country"):
        if column not in table.frame:
            continue
        told = table.frame[column].dropna()
        values = list(dict.fromkeys(str(value).strip().upper() for value in told))
        if len(values) > 1:
            heading = table.columns.get(column, column)
            facts = {"what": heading, "found_all": ", ".join(values)}
            yield Problem(
                code="base_mixed", place=_place(table, told.index[0], column), facts=facts
            )


def _unknown(table: InputTable, ratios: Collection[str]) -> Iterator[Problem]:
    """Warn of ratios that are not known: their rows are not used."""
    column = table.frame["ratio"].dropna()
    for name, rows in column[~column.isin(list(ratios))].groupby(column):
        yield Problem(
            code="base_ratio",
            place=_place(table, rows.index[0], "ratio"),
            found=shown(name),
            facts={"count": len(rows), "nearest": nearest(str(name), ratios)},
            severity=Severity.WARNING,
        )
