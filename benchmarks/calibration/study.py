"""One question of calibration: draw data of known truth, look at what is said of them.

A study is one line of the table: what is said (``quantity``), of which data (``truth``, ``n``),
and how often that should hold.  Its ``one`` draws one data set and answers; the answer is None
where nothing is said (an interval that is not shown).
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from time import monotonic

import numpy as np
from scipy.stats import binom

SURE = 1e-4
"""A small run fails only where the limit would give so few or so many with this chance."""

LEAST = 30
"""Data sets drawn even if they take longer than they should."""


class Kind(StrEnum):
    """What a study measures."""

    FALSE_NAME = "false name"
    """Share of data sets without structure in which somebody or something is named."""
    COVERAGE = "coverage"
    """Share of intervals that hold the truth."""
    POWER = "power"
    """Share of data sets with a planted effect in which it is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One line of the table."""

    report: str
    """Diagnostic, or "common" for what several use."""
    quantity: str
    n: str
    truth: str
    kind: Kind
    one: Callable[[np.random.Generator], bool | float | None]
    """Draw one data set and answer; a float is a share (of the groups of one report)."""
    low: float = 0.0
    """The measured share should not be below this (coverage 0.93, power as stated) …"""
    high: float = 1.0
    """… nor above this (false names 0.05, coverage 0.98 or 1 where it may be careful)."""
    before: str = ""
    """What was measured on the state of 2026-10 (172e4ad), in per cent; empty if nothing was."""
    draws: int = 400
    """Data sets of the full run."""
    small: int = 30
    """Data sets of the run inside the test suite."""

    @property
    def name(self) -> str:
        """Return a line that names the study, also its seed."""
        return f"{self.report}: {self.quantity}, {self.n}, {self.truth}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What came out."""

    share: float
    """NaN where nothing was ever said."""
    said: int
    """Data sets in which something was said."""
    drawn: int
    error: float
    """Half of the 95 % Monte-Carlo interval."""


def measure(study: Study, draws: int, *, seed: int = 1, seconds: float = math.inf) -> Measured:
    """Return the share over ``draws`` data sets, the same for the same seed.

    After ``seconds``, and :data:`LEAST` data sets, none is drawn any more; those drawn are the
    first of the same row.
    """
    until = monotonic() + seconds
    answers: list[float] = []
    drawn = 0
    for answer in _answers(study, draws, seed):
        drawn += 1
        if answer is not None:
            answers.append(float(answer))
        if drawn >= LEAST and monotonic() > until:
            break
    said = len(answers)
    if not said:
        return Measured(share=float("nan"), said=0, drawn=drawn, error=float("nan"))
    spread = float(np.std(answers)) if said > 1 else 0.0
    return Measured(
        share=float(np.mean(answers)),
        said=said,
        drawn=drawn,
        error=1.96 * max(spread, 0.5 / said**0.5 / 2) / said**0.5,
    )


def _answers(study: Study, draws: int, seed: int) -> Iterator[bool | float | None]:
    digest = sha256(f"{seed} {study.name}".encode()).digest()
    for one in np.random.SeedSequence(int.from_bytes(digest[:8], "little")).spawn(draws):
        yield study.one(np.random.default_rng(one))


def refuted(study: Study, found: Measured) -> str:
    """Return why a small run shows that the study's limits do not hold; empty if it does not."""
    if not found.said:
        return ""
    hits = round(found.share * found.said)
    if binom.cdf(hits, found.said, study.low) < SURE:
        return f"{study.name}: {hits} of {found.said}, at least {study.low:.0%} are expected"
    if binom.sf(hits - 1, found.said, study.high) < SURE:
        return f"{study.name}: {hits} of {found.said}, at most {study.high:.0%} are expected"
    return ""
