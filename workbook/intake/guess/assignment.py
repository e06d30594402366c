"""Which column of the client's is which of ours: the best match of all, and how sure it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

from workbook.intake.guess.fitting import fits
from workbook.intake.guess.header import Header
from workbook.intake.guess.heading_words import likeness, says
from workbook.intake.guess.profile import Profile
from workbook.intake.schema import ColumnSchema, TableSchema
from workbook.language.nearest import plain

LEAST, SURE, NEAR = 0.45, 0.66, 0.05
"""Of heading times contents: proposed at all; sure; another column that is as likely."""
_UNNAMED = 0.4
"""By its contents alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why a line is not sure: a code with its facts, worded by the texts."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One of our columns and the client's."""

    at: int
    """Position of the client's column."""
    merit: float
    doubt: Doubt | None = None


def assigned(
    schema: TableSchema, header: Header, profiles: Sequence[Profile], *, without: frozenset[int]
) -> dict[str, Match]:
    """Return the client's column for each of ours that there is one for.

    Parameters
    ----------
    without
        Columns that are something else (months across).
    """
    merits = np.array(
        [
            [
                0.0 if at in without else _merit(schema, column, header, profile, at)
                for at, profile in enumerate(profiles)
            ]
            for column in schema.columns
        ]
    )
    found: dict[str, Match] = {}
    if merits.size:
        for row, at in zip(*linear_sum_assignment(-merits), strict=True):
            if merits[row, at] >= LEAST:
                doubt = (
                    _doubt(merits, row, at, header) if profiles[at].filled else Doubt(code="blank")
                )
                name = schema.columns[row].name
                found[name] = Match(at=int(at), merit=float(merits[row, at]), doubt=doubt)
    return found | _by_contents(schema, header, profiles, found, without)


def _merit(
    schema: TableSchema, column: ColumnSchema, header: Header, profile: Profile, at: int
) -> float:
    heading = header.words[at]
    if not heading or len(heading) > 2000:
        return 0.0
    named = max(likeness(schema.name, column.name, one) for one in {heading, header.headings[at]})
    if not named or (named < 1 and says(heading, "never")):
        return 0.0
    merit = named * fits(schema.name, column, profile, heading)
    required = 1.0 if column.required else 0.97
    return merit * required * (1 - 0.2 * profile.blank if column.required else 1)


def _doubt(
    merits: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", row: int, at: int, header: Header
) -> Doubt | None:
    merit = merits[row, at]
    rivals = [
        one
        for one in range(merits.shape[1])
        if one != at
        and merits[row, one] >= merit - NEAR
        and merits[row, one] >= merits[:, one].max()
    ]
    if rivals:
        return Doubt(code="rival", facts={"other": header.headings[rivals[0]]})
    return None if merit >= SURE else Doubt(code="unlike", facts={})


def _by_contents(
    schema: TableSchema,
    header: Header,
    profiles: Sequence[Profile],
    found: Mapping[str, Match],
    without: frozenset[int],
) -> dict[str, Match]:
    """Return required columns whose heading says nothing, when only one column can be the one."""
    used = {match.at for match in found.values()} | without
    free = [at for at in range(len(profiles)) if at not in used]
    made: dict[str, Match] = {}
    for column in schema.columns:
        if column.name in found or not column.required:
            continue
        likely = [at for at in free if _looks_like(column, profiles[at], header.words[at])]
        if len(likely) == 1:
            made[column.name] = Match(at=likely[0], merit=_UNNAMED, doubt=Doubt(code="contents"))
            free.remove(likely[0])
    return made


def _looks_like(column: ColumnSchema, profile: Profile, heading: str) -> bool:
    if says(heading, "never") or not profile.filled:
        return False
    if column.scores:
        return profile.scores > 0.98 and 5 < profile.highest <= 10 and profile.distinct > 2
    if column.kind == "date":
        return profile.days > 0.9
    if column.money:
        return (
            profile.numbers > 0.95
            and profile.highest > 100
            and profile.unique > 0.2
            and not says(heading, "counts")
            and plain(heading) not in ("id", "#", "№")
        )
    return False
