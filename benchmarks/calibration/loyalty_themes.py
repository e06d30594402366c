"""Loyalty: which theme leads among the open answers."""

from functools import partial

import numpy as np

from benchmarks.calibration.loyalty_index import FALSE, POWER
from workbook.diagnostics.loyalty.open_answers_result import Theme
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.theme_lead import leading_themes


def theme_named(rng: np.random.Generator, *, n: int, chances: tuple[float, ...]) -> bool:
    """Draw answers that name one theme each; tell whether one is named before another."""
    drawn = _themes(rng, n, chances)
    lead = leading_themes(drawn, Params())
    there = {q: sum(t.n > 0 for t in drawn if t.question == q) for q in ("reason", "improvement")}
    told = {"reason": lead.detractors, "improvement": lead.improvement}
    return any(0 < len(told[q]) < k for q, k in there.items())


def theme_found(rng: np.random.Generator, *, n: int, chances: tuple[float, ...]) -> bool:
    """Return whether the first theme is named alone among the reasons."""
    return leading_themes(_themes(rng, n, chances), Params()).detractors == ("t0",)


def _themes(rng: np.random.Generator, n: int, chances: tuple[float, ...]) -> list[Theme]:
    return [
        Theme(
            theme=f"t{i}",
            label=f"t{i}",
            question=question,
            n=int(k),
            detractors=int(k),
            passives=0,
            promoters=0,
            revenue=None,
            quotes=(),
        )
        for question in ("reason", "improvement")
        for i, k in enumerate(rng.multinomial(n, chances))
    ]


_THEMES = tuple(
    FALSE(
        quantity="a theme is named before another, either question",
        n=f"{n} answers",
        truth=f"{k} equal themes",
        one=partial(theme_named, n=n, chances=(1 / k,) * k),
        high=0.055,
        draws=2000,
        small=60,
    )
    for n in (30, 100, 300)
    for k in (2, 3, 5, 8)
)
_THEME_POWER = (
    POWER(
        quantity="the leading theme is named",
        n="100 answers",
        truth="a third of answers, five others alike",
        one=partial(theme_found, n=100, chances=(1 / 3,) + (2 / 15,) * 5),
        low=0.5,
        draws=2000,
        small=60,
    ),
)
STUDIES = _THEMES + _THEME_POWER
