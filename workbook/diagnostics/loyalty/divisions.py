"""How the answers divide into groups, and which of these may be shown."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from workbook.diagnostics.cells import has, natural, texts
from workbook.diagnostics.loyalty.answers import Answers
from workbook.diagnostics.loyalty.nps import Counts, count

ASKED = ("segment", "product", "manager", "channel")
"""Columns of ``survey``."""
PERSON = "manager"
"""The cut whose groups are people."""
KNOWN = ("segment", "manager", "region")
"""Columns of ``customers`` that stand in for an absent column of the survey."""

Cell: TypeAlias = tuple[str, str]
"""``by`` and group."""
Divisions: TypeAlias = "Mapping[str, pd.Series[str]]"
"""Group of each answer, by cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One way of dividing the answers."""

    by: str
    shown: Mapping[str, Counts]
    """Groups that may be shown, the largest first."""
    secret: tuple[str, ...]


def divisions_of(frame: pd.DataFrame, customers: pd.DataFrame | None) -> Divisions:
    """Return the group of each answer, for every way of dividing that the tables know.

    Parameters
    ----------
    customers
        Used for what the survey itself does not say about a customer.
    """
    found = {by: texts(frame, by) for by in ASKED if has(frame, by)}
    if customers is None or not has(frame, "customer_id"):
        return found
    unique = customers.loc[~texts(customers, "customer_id").duplicated()]
    ids = pd.Index(texts(unique, "customer_id"))
    for by in KNOWN:
        if by not in found and has(unique, by):
            of_customer = pd.Series(texts(unique, by).to_numpy(), index=ids, dtype="str")
            labels = texts(frame, "customer_id").map(of_customer).fillna("")
            if (labels != "").any():
                found[by] = labels
    return _distinct(found)


def _distinct(divisions: Divisions) -> Divisions:
    """Leave out a division that a later one repeats group by group (segments that are regions)."""
    names = list(divisions)
    return {
        by: labels
        for i, (by, labels) in enumerate(divisions.items())
        if not any((labels == divisions[later]).all() for later in names[i + 1 :])
    }


def cut_of(by: str, labels: "pd.Series[str]", *, given: Answers, told: Collection[Cell]) -> Cut:
    """Return one way of dividing the answers with its groups, those to be shown and the others."""
    scores = pd.Series(given.scores, index=labels.index)
    counts = {str(g): count(part) for g, part in scores.groupby(labels)}
    sizes = {g: int(c.n) for g, c in counts.items()}
    # Answers whose group is not known are a group, too: else they could be told from the whole.
    if sum(sizes.values()) != given.n:
        raise ValueError(f"groups by {by} hold {sum(sizes.values())} answers of {given.n}")
    secret = {g for g in sizes if (by, g) not in told}
    shown = sorted((g for g in sizes if g not in secret), key=lambda g: (-sizes[g], natural(g)))
    return Cut(
        by=by,
        shown={group: counts[group] for group in shown},
        secret=tuple(sorted(secret, key=natural)),
    )


def first_cuts(divisions: Divisions, cuts: Sequence[Cut]) -> dict[Cell, str]:
    """Return for each group the first cut that shows its answers as a group; people come last."""
    first: dict[frozenset[Hashable], str] = {}
    origins: dict[Cell, str] = {}
    for cut in sorted(cuts, key=lambda cut: cut.by == PERSON):
        rows = divisions[cut.by].groupby(divisions[cut.by]).groups
        for group in cut.shown:
            origins[cut.by, group] = first.setdefault(frozenset(rows[group]), cut.by)
    return origins
