"""What makes customers leave sooner: the Cox model that the number of losses can carry."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import natural, texts
from workbook.diagnostics.churn_reasons.history import codes_of
from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.survival_curves import Lifetimes
from workbook.diagnostics.churn_reasons.survival_result import CoxTerm
from workbook.diagnostics.gates import knows_portfolio
from workbook.diagnostics.inputs import Inputs
from workbook.stats import Interval, normal_p, normal_quantile
from workbook.stats.proportional_hazards import cox

SMALL = "*"
"""All small levels together."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Factor:
    """One column as indicators of its levels against the largest."""

    column: str
    reference: str
    levels: tuple[str, ...]
    indicators: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazards:
    """The terms of the model, and the wanted columns that are not in it."""

    terms: tuple[CoxTerm, ...] = ()
    left_out: tuple[str, ...] = ()
    """Known, but the losses do not carry it."""
    unknown: tuple[str, ...] = ()
    """Not there, or not known for nearly everybody."""


def hazards(found: Lifetimes, losses: Losses, *, inputs: Inputs, params: Params) -> Hazards:
    """Return the Cox model of ``Params.cox_terms``, as many as the losses carry.

    A column that is not known for ``Params.known_share`` of the customers is not in it: its
    blanks would be a group of those who stayed.
    """
    room = int(found.lives.event.sum()) // params.cox_losses_per_term
    factors: list[Factor] = []
    left_out: list[str] = []
    unknown: list[str] = []
    for column in dict.fromkeys(params.cox_terms):
        labels = _known(_labels(column, found, losses, inputs), params)
        if labels is None:
            unknown.append(column)
            continue
        made = factor(column, labels, found.lives.event, least=params.cox_level_losses)
        if made is None or len(made.levels) > room:
            left_out.append(column)
            continue
        room -= len(made.levels)
        factors.append(made)
    if not factors:
        return Hazards(left_out=tuple(left_out), unknown=tuple(unknown))
    terms = _fit(found, factors, params)
    if not terms:
        left_out += [f.column for f in factors]
    return Hazards(terms=terms, left_out=tuple(left_out), unknown=tuple(unknown))


def factor(
    column: str,
    labels: npt.NDArray[np.str_],
    lost: npt.NDArray[np.bool_],
    *,
    least: int,
) -> Factor | None:
    """Return the indicators of a column; None with fewer than two levels.

    Levels with fewer than ``least`` losses are joined; if these together have fewer too, they
    join the reference, the level with the most relationships.
    """
    sizes = pd.Series(labels).value_counts()
    deaths = pd.Series(labels[lost]).value_counts().reindex(sizes.index).fillna(0)
    reference = min(sizes.index, key=lambda name: (-sizes[name], natural(str(name))))
    own = [n for n in sizes.index if deaths[n] >= least and n != reference]
    small = [n for n in sizes.index if deaths[n] < least and n != reference]
    levels = sorted((str(n) for n in own), key=natural)
    parts = [labels == name for name in levels]
    # Few losses in a level make its coefficient run off to infinity: small levels are one.
    if small and sum(deaths[n] for n in small) >= least:
        levels.append(SMALL)
        parts.append(np.isin(labels, small))
    if not levels or deaths[reference] < least:
        return None
    return Factor(
        column=column,
        reference=str(reference),
        levels=tuple(levels),
        indicators=np.column_stack(parts).astype(float),
    )


def _known(labels: npt.NDArray[np.str_] | None, params: Params) -> npt.NDArray[np.str_] | None:
    if labels is None:
        return None
    refused = knows_portfolio(int((labels != "").sum()), len(labels), least=params.known_share)
    return labels if refused is None else None


def _labels(
    column: str, found: Lifetimes, losses: Losses, inputs: Inputs
) -> npt.NDArray[np.str_] | None:
    """Return the column's text for each relationship; None where no table has it."""
    if column in found.frame:
        values = found.frame[column].astype("str")
    else:
        values = pd.Series("", index=found.frame.index, dtype="str")
        for name in ("customers", "lost_customers"):
            table = inputs.tables.get(name)
            if table is None or column not in table:
                continue
            own = pd.Series(texts(table, column).to_numpy(), index=codes_of(table, losses.ids))
            own = own.loc[~own.index.duplicated(keep="last")]
            known = found.frame["code"].map(own).fillna("")
            values = values.where(values != "", known)
    made: npt.NDArray[np.str_] = values.to_numpy(dtype=object)
    return made if (made != "").any() else None


def _fit(found: Lifetimes, factors: list[Factor], params: Params) -> tuple[CoxTerm, ...]:
    fit = cox(found.lives, np.column_stack([f.indicators for f in factors]))
    if fit is None:
        return ()
    z = normal_quantile(params.confidence)
    names = [(f, level) for f in factors for level in f.levels]
    terms = []
    for i, (made, level) in enumerate(names):
        b, se = float(fit.coefficient[i]), float(fit.se[i])
        bounds = Interval(float(np.exp(b - z * se)), float(np.exp(b + z * se)))
        terms.append(
            CoxTerm(
                term=f"{made.column}: {level}",
                column=made.column,
                level=level,
                reference=made.reference,
                coefficient=b,
                se=se,
                hazard_ratio=float(np.exp(b)),
                ci_low=bounds.low,
                ci_high=bounds.high,
                p_value=normal_p(b / se),
                ph_p_value=fit.ph_p[i],
            )
        )
    return tuple(terms)
