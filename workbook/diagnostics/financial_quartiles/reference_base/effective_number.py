"""How many ratios of their own kind the ratios of one year are worth.

Ratios go together: three say how much is owed, three how soon it can be paid, three what is earned.
The effective number (Galwey 2009, in the form of Moulton and of Bretherton et al. 1999) is the
square of the sum of the eigenvalues of their correlations over the sum of the squares: nine for
nine ratios that have nothing in common, one for nine that say the same.  Rank correlations
(Spearman), for ratios have long tails.
"""

import duckdb
import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

MOST = 200_000
"""Companies taken at most, the same ones for the same statements: rank correlations of so many are
known to the third decimal."""
FEWEST = 30
COMMON = 0.5
"""A ratio that fewer of the companies have is left out: the first year has no return on assets."""


def effective_ratios(connection: duckdb.DuckDBPyConnection, ratios: int) -> dict[str, float] | None:
    """Return the effective number of the ratios in the table ``ratios``; None of too few."""
    counts = ", ".join(f"count(r{k})" for k in range(ratios))
    sound = "FROM ratios WHERE reason IS NULL"
    n, *valid = connection.execute(f"SELECT count(*), {counts} {sound}").fetchall()[0]
    common = [k for k in range(ratios) if n and valid[k] >= n * COMMON]
    if len(common) < 2:
        return None
    names = [f"r{k}" for k in common]
    every = max(1, -(-min(valid[k] for k in common) // MOST))
    complete = " AND ".join(f"{name} IS NOT NULL" for name in names)
    some = f"hash({', '.join(names)}) % {every} = 0"
    found = connection.execute(
        f"SELECT {', '.join(names)} {sound} AND {complete} AND {some}"
    ).fetchnumpy()
    values = np.column_stack([np.asarray(found[name], dtype=float) for name in names])
    value = effective_number(values)
    if value is None:
        return None
    return {"value": round(value, 3), "ratios": len(common), "n": len(values)}


def effective_number(values: npt.NDArray[np.float64]) -> float | None:
    """Return the effective number of columns by their rank correlations; None of too few rows.

    A column in which all are equal goes with nothing and tells nothing: it is not counted.

    Examples
    --------
    >>> rows = np.arange(30.0)
    >>> effective_number(np.column_stack([rows, 2 * rows]))
    1.0
    """
    if len(values) < FEWEST:
        return None
    varied = values[:, np.ptp(values, axis=0) > 0]
    if varied.shape[1] < 2:
        return None
    squares = float(np.sum(np.corrcoef(rankdata(varied, axis=0), rowvar=False) ** 2))
    # The trace of a correlation matrix is its size, that of its square the sum of all squares.
    return float(varied.shape[1] ** 2 / squares)
