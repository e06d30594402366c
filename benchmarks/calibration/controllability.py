"""Controllability: management against line, items, sections, waves; the interval of agreement."""

from datetime import date
from functools import lru_cache, partial

import numpy as np
import pandas as pd

from benchmarks.calibration.study import Kind, Study
from workbook.diagnostics.controllability.agreement_by_item import alpha, alphas
from workbook.diagnostics.controllability.compute import Sources, compute
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire import Questionnaire
from workbook.diagnostics.controllability.result import Result
from workbook.diagnostics.controllability.sources.questionnaire_file import load_questionnaires
from workbook.diagnostics.inputs import Inputs
from workbook.language.package_data import templates
from workbook.stats import Floats

_WORDS = np.array(["-", "+/-", "+"])
_STEPS = (0, 1, 2)
_TRUTH_ITEMS = 200_000


@lru_cache(maxsize=1)
def _questionnaires() -> tuple[Questionnaire, ...]:
    return load_questionnaires(templates() / "questionnaires")[0]


def report(
    rng: np.random.Generator, *, above: int, below: int, leniency: float, gap: float = 0.0,
    item_gap: float = 0.0, section_gap: float = 0.0, waves: int = 1, change: float = 0.0,
) -> Result:  # fmt: skip
    """Compute a report of people whose marks have thresholds, items and leniency.

    Parameters
    ----------
    gap, item_gap
        How much higher management marks, everywhere and on the first item; in units of the scale
        0 to 1 before rounding, as leniency (standard deviation over people) is.
    section_gap
        How much lower everybody marks the third section.
    change
        How much higher everybody marks in the second wave.
    """
    one = _questionnaires()[0]
    items = [(item.id, part.id) for part in one.sections for item in part.items]
    n = above + below
    lenient = rng.normal(0, leniency, n) + gap * (np.arange(n) < above)
    harder = rng.normal(0.5, 0.15, len(items))
    harder -= section_gap * np.array([part == "3" for _, part in items])
    frames = []
    for wave in range(waves):
        raw = harder[:, None] + lenient + rng.normal(0, 0.35, (len(items), n)) + wave * change
        raw[0, :above] += item_gap
        marks = _WORDS[np.digitize(raw, (1 / 3, 2 / 3))]
        frames.append(_frame([item for item, _ in items], marks, above, wave, waves))
    table = pd.concat(frames, ignore_index=True).astype("str")
    table.index = pd.RangeIndex(2, len(table) + 2)
    inputs = Inputs(tables={"answers": table}, as_of=date(2025, 12, 31))
    return compute(inputs, Params(), Sources(questionnaires=_questionnaires()))


def _frame(items: list[str], marks: np.ndarray, above: int, wave: int, waves: int) -> pd.DataFrame:
    n = marks.shape[1]
    people = [f"P{i}" for i in range(n)]
    levels = np.where(np.arange(n) < above, "management", "line")
    made = {
        "respondent": people * len(items),
        "level": levels.tolist() * len(items),
        "item": np.repeat(items, n),
        "mark": marks.ravel(),
    }
    frame = pd.DataFrame(made)
    if waves > 1:
        frame["wave"] = str(2024 + wave)
    return frame


def _claims(result: Result) -> list[str]:
    answer = [result.answer] if result.answer else []
    return [claim.id for claim in (*answer, *result.tiles, *result.findings)]


def level_told(rng: np.random.Generator, **data: float) -> bool:
    """Return whether a report sets management against line staff."""
    return any(name.startswith("levels") for name in _claims(report(rng, **data)))


def item_told(rng: np.random.Generator, **data: float) -> bool:
    """Return whether a report names an item on which the levels differ."""
    return any(claim.figures.get("item") for claim in report(rng, **data).findings
               if claim.id.startswith("levels"))  # fmt: skip


def other_item_told(rng: np.random.Generator, **data: float) -> bool:
    """Return whether a report names another item than the first."""
    told = [str(c.figures["item"]) for c in report(rng, **data).findings
            if c.id.startswith("levels")]  # fmt: skip
    return any(item and not item.startswith("1.1 ") for item in told)


def place_told(rng: np.random.Generator, *, only: str = "", **data: float) -> bool:
    """Return whether a report names a section or aspect; ``only``: this section as the weakest."""
    places = report(rng, **data).questionnaires[0].places
    if only:
        return any(p.told and p.id == only and p.end == "lowest" for p in places)
    return any(p.told for p in places)


def wave_told(rng: np.random.Generator, **data: float) -> bool:
    """Return whether a report tells a rise or a fall."""
    return any(name.startswith("wave") for name in _claims(report(rng, waves=2, **data)))


def _marks(
    rng: np.random.Generator, *, n: int, people: int, spread: float, error: float,
    cuts: tuple[float, float],
) -> Floats:  # fmt: skip
    raw = rng.normal(0, spread, n)[:, None] + rng.normal(0, error, (n, people))
    return np.digitize(raw, cuts) / 2


@lru_cache(maxsize=32)
def _true_alpha(people: int, spread: float, error: float, cuts: tuple[float, float]) -> float:
    marks = _marks(
        np.random.default_rng(1), n=_TRUTH_ITEMS, people=people, spread=spread, error=error,
        cuts=cuts,
    )  # fmt: skip
    counts = np.stack([(marks == step / 2).sum(axis=1) for step in _STEPS], axis=1).astype(float)
    return float(alphas(np.ones((1, len(counts))), counts)[0])


def alpha_covered(
    rng: np.random.Generator, *, n: int, people: int, spread: float, error: float,
    cuts: tuple[float, float],
) -> bool | None:  # fmt: skip
    """Return whether a shown interval of alpha holds the truth; None where none is shown."""
    marks = _marks(rng, n=n, people=people, spread=spread, error=error, cuts=cuts)
    found = alpha(marks, Params())
    if found.ci_low is None or found.ci_high is None:
        return None
    return found.ci_low <= _true_alpha(people, spread, error, cuts) <= found.ci_high


_NULL = (
    (2, 3, 0.0, "24"), (2, 3, 0.4, "71"), (1, 3, 0.0, "36"), (1, 3, 0.4, "79"),
    (5, 10, 0.0, ""), (5, 10, 0.4, ""), (8, 20, 0.0, ""), (8, 20, 0.4, ""),
)  # fmt: skip
_ALPHA = {
    "ordinary": (1.0, 0.5, (-0.4, 0.4)),
    "low": (0.5, 1.0, (-0.4, 0.4)),
    "high": (1.0, 0.25, (-0.4, 0.4)),
    "70 % the same mark": (1.0, 0.6, (-1.5, -0.6)),
    "88 % the same mark": (1.0, 0.6, (-2.3, -1.4)),
}
_study = partial(Study, report="controllability", draws=300, small=3)

STUDIES = (
    *(
        _study(
            quantity="management against line",
            n=f"{above} + {below}",
            truth=f"no difference, leniency {leniency}",
            kind=Kind.FALSE_NAME,
            one=partial(level_told, above=above, below=below, leniency=leniency),
            high=0.05,
            before=before,
        )
        for above, below, leniency, before in _NULL
    ),
    _study(
        quantity="an item of management against line",
        n="5 + 10",
        truth="a difference on the first item only; another is named",
        kind=Kind.FALSE_NAME,
        one=partial(other_item_told, above=5, below=10, leniency=0.1, item_gap=0.8),
        high=0.05,
    ),
    _study(
        quantity="weakest or strongest section or aspect",
        n="5 people",
        truth="items differ, sections do not",
        kind=Kind.FALSE_NAME,
        one=partial(place_told, above=2, below=3, leniency=0.1),
        high=0.05,
    ),
    _study(
        quantity="index against the wave before",
        n="8 people twice",
        truth="no change",
        kind=Kind.FALSE_NAME,
        one=partial(wave_told, above=3, below=5, leniency=0.2),
        high=0.05,
    ),
    *(
        _study(
            quantity="management against line",
            n=f"{above} + {below}",
            truth="0.3 higher, leniency 0.15",
            kind=Kind.POWER,
            one=partial(level_told, above=above, below=below, leniency=0.15, gap=0.3),
            low=low,
        )
        for above, below, low in ((3, 5, 0.5), (5, 10, 0.8), (8, 20, 0.9))
    ),
    _study(
        quantity="an item of management against line",
        n="5 + 10",
        truth="0.2 higher, 1.0 on the first item",
        kind=Kind.POWER,
        one=partial(item_told, above=5, below=10, leniency=0.1, gap=0.2, item_gap=0.8),
        low=0.3,
    ),
    _study(
        quantity="weakest section",
        n="5 people",
        truth="third section 0.4 lower",
        kind=Kind.POWER,
        one=partial(place_told, only="3", above=2, below=3, leniency=0.1, section_gap=0.4),
        low=0.5,
    ),
    _study(
        quantity="index against the wave before",
        n="8 people twice",
        truth="0.15 higher",
        kind=Kind.POWER,
        one=partial(wave_told, above=3, below=5, leniency=0.2, change=0.15),
        low=0.8,
    ),
    *(
        _study(
            quantity="agreement (alpha)",
            n=f"{n} items, 5 people",
            truth=name,
            kind=Kind.COVERAGE,
            one=partial(alpha_covered, n=n, people=5, spread=spread, error=error, cuts=cuts),
            low=0.93,
            high=0.98,
            draws=1500,
            small=40,
        )
        for n in (30, 45, 100)
        for name, (spread, error, cuts) in _ALPHA.items()
    ),
)  # fmt: skip
