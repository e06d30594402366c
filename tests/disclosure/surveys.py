"""Generated engagements for the attacker: nested and crossed groups, waves, comments, weights."""

from datetime import date

import numpy as np
import pandas as pd

from workbook.diagnostics.inputs import Inputs

AS_OF = date(2025, 12, 31)
CUTS = ("segment", "product", "manager", "channel", "region")
THRESHOLD = 5


def engagement(seed: int) -> Inputs:
    """Return the tables of one survey with 1-3 waves, marks of two sides and small groups."""
    random = np.random.default_rng(seed)
    n = int(random.integers(25, 110))
    survey = _survey(random, n)
    return Inputs(
        tables={
            "survey": survey,
            "customers": _customers(random, survey),
            "satisfaction": _marks(random, survey),
        },
        as_of=AS_OF,
        label="2025-Q4",
        anonymity_threshold=THRESHOLD,
    )


def _survey(random: np.random.Generator, n: int) -> pd.DataFrame:
    fine = _unequal(random, n, int(random.integers(3, 9)))
    segment = fine.copy()
    segment[random.random(n) < 0.07] = 99
    waves = _unequal(random, n, int(random.integers(1, 4)))
    frame = pd.DataFrame(
        {
            "respondent_id": [f"r{i}" for i in range(n)],
            "customer_id": [f"c{i}" for i in random.integers(0, n, n)],
            "date": pd.to_datetime([f"2025-{3 * w + 2:02d}-10" for w in waves]),
            "wave": [f"W{w}" for w in waves],
            "score": random.choice([3, 8, 10], n, p=random.dirichlet([0.9, 0.9, 0.9])),
            "reason": np.where(random.random(n) < random.random(), "price", ""),
            "segment": [f"S{g}" for g in segment],
            "product": [f"P{g}" for g in fine],
            "manager": [f"M{g}" for g in fine // 2],
            "channel": [f"C{g}" for g in _unequal(random, n, int(random.integers(1, 6)))],
            "weight": random.choice([0.0, 1.0, 1.0, 1.0, 2.0], n),
        }
    )
    for name in frame.columns.difference(["date", "score", "weight"]):
        frame[name] = frame[name].astype("str")
    return frame.astype({"score": "Int64"}).set_axis(pd.RangeIndex(2, n + 2))


def _unequal(random: np.random.Generator, n: int, k: int) -> np.ndarray:
    return random.choice(k, size=n, p=random.dirichlet(np.full(k, 0.8)))


def _customers(random: np.random.Generator, survey: pd.DataFrame) -> pd.DataFrame:
    ids = sorted(set(survey["customer_id"]))
    region = [f"R{g}" for g in _unequal(random, len(ids), int(random.integers(1, 6)))]
    return pd.DataFrame({"customer_id": ids, "region": region}, dtype="str")


def _marks(random: np.random.Generator, survey: pd.DataFrame) -> pd.DataFrame:
    parts = []
    for parameter in ("speed", "price", "advice")[: int(random.integers(1, 4))]:
        asked = survey.loc[random.random(len(survey)) < random.uniform(0.05, 0.9)]
        marks = random.choice(5, len(asked), p=random.dirichlet(np.full(5, 0.7))) + 1.0
        columns = {name: asked[name].to_numpy() for name in ("respondent_id", "customer_id")}
        parts.append(
            pd.DataFrame(
                {
                    **columns,
                    "date": pd.Timestamp("2025-06-01"),
                    "product": asked["product"].to_numpy(),
                    "parameter": parameter,
                    "mark": marks,
                    "side": "customer",
                }
            )
        )
    staff = int(random.integers(0, 9))
    parts.append(
        pd.DataFrame(
            {
                "respondent_id": [f"s{i}" for i in range(staff)],
                "customer_id": "",
                "date": pd.Timestamp("2025-06-01"),
                "product": "P0",
                "parameter": "speed",
                "mark": random.integers(1, 6, staff).astype(float),
                "side": "staff",
            }
        )
    )
    found = pd.concat(parts, ignore_index=True)
    for name in ("respondent_id", "customer_id", "product", "parameter", "side"):
        found[name] = found[name].astype("str")
    return found.set_axis(pd.RangeIndex(2, len(found) + 2))


def membership(inputs: Inputs, by: str, group: str) -> np.ndarray:
    """Return who of the survey is in a group: what the client knows of its customers."""
    survey = inputs.tables["survey"]
    if by == "region":
        customers = inputs.tables["customers"]
        of = dict(zip(customers["customer_id"], customers["region"], strict=True))
        return (survey["customer_id"].map(of) == group).to_numpy(dtype=float)
    return (survey[by] == group).to_numpy(dtype=float)
