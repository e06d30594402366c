"""A base typed in by hand: published quartiles, each with the decimals that it was printed with."""

import hashlib
from collections.abc import Collection, Iterator

import pandas as pd

from workbook.diagnostics.financial_quartiles.industries import (
    ALL,
    SECTION,
    SECTIONS,
    is_okved,
)
from workbook.diagnostics.financial_quartiles.peer_base import Base, Row
from workbook.diagnostics.financial_quartiles.sizes import CURRENCY, SIZE_BOUNDS

QUARTILES = ("q1", "median", "q3")


def base_of(
    frame: pd.DataFrame,
    *,
    name: str,
    ratios: Collection[str],
) -> Base:
    """Return the base of the typed table ``base``.

    Parameters
    ----------
    frame
        The table, without errors; quartiles are texts such as ``-0.870``.
    name
        What it is called where no row names a source.
    ratios
        Ids of the ratios that are known; rows of others are left out.

    Names of sizes mean the bounds of Russian law; a base in another currency has no bounds, nor
    has one of which nothing is told any other.
    """
    used = frame[frame["ratio"].isin(list(ratios))].fillna({"code": ""})
    told = used["source"].dropna().unique() if "source" in used else ()
    currency, country = _one(used, "currency"), _one(used, "country")
    rows = list(_rows(used))
    text = "\n".join(map(repr, rows))
    return Base.of(
        rows,
        hash=hashlib.sha256(text.encode()).hexdigest(),
        source=", ".join(sorted(map(str, told))) or name,
        size_bounds=SIZE_BOUNDS if currency in ("", CURRENCY) else (),
        currency=currency,
        country=country,
        facts={"typed": True},
    )


def _one(frame: pd.DataFrame, column: str) -> str:
    """Return what the rows of a checked table agree on; empty where no row tells."""
    told = list(frame[column].dropna()) if column in frame else []
    return str(told[0]).strip().upper() if told else ""


def _rows(frame: pd.DataFrame) -> Iterator[Row]:
    for row in frame.itertuples(index=False):
        written = [str(getattr(row, name)) for name in QUARTILES]
        q1, median, q3 = map(float, written)
        first, second, third = (len(text.partition(".")[2]) for text in written)
        yield Row(
            year=int(str(row.year)),
            level=str(row.level),
            code=str(row.code),
            size=str(row.size),
            ratio=str(row.ratio),
            n=int(str(row.n)),
            n_valid=int(str(row.n)),
            q1=q1,
            median=median,
            q3=q3,
            decimals=(first, second, third),
        )


def fits(level: str, code: str) -> bool:
    """Return whether a code is of the level.

    >>> fits("4", "68.20"), fits("4", "68.2"), fits("section", "L"), fits("all", "")
    (True, False, True, True)
    """
    if level == ALL:
        return not code
    if level == SECTION:
        return code in SECTIONS
    return is_okved(code) and len(code.replace(".", "")) == int(level)
