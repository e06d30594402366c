"""A whole engagement without structure: everybody equal, everything independent of everything.

120 customers with sales, a register of losses with reasons, a survey of two waves with one to
three respondents a customer, marks, offers, control points and questionnaires.  The labels of
managers, regions, segments, channels and parameters are words that no sentence of a report uses,
so that a page that names one can be recognised.
"""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

Rows = list[dict[str, Any]]
AS_OF = date(2025, 12, 31)
CUSTOMERS = 120
MANAGERS = tuple(f"Mgrq{word}" for word in ("ash", "birch", "cedar", "elm", "fir", "hazel"))
REGIONS = tuple(f"Regq{word}" for word in ("north", "south", "east", "west"))
SEGMENTS = tuple(f"Segq{word}" for word in ("large", "medium", "small"))
CHANNELS = tuple(f"Chq{word}" for word in ("mail", "phone", "visit"))
PARAMETERS = tuple(f"Parq{word}" for word in ("one", "two", "three", "four", "five", "six"))
PRODUCTS = ("Alpha", "Beta", "Gamma", "Delta")
REASONS = ("Price too high", "Late delivery", "Poor quality", "Rude engineer")
ITEMS = {1: 14, 2: 5, 3: 4, 4: 9}
"""Section of the questionnaire -> its items."""
NAMES = (*MANAGERS, *REGIONS, *SEGMENTS, *CHANNELS, *PARAMETERS)
"""What no heading, tile, finding or action of these data may name."""


def make(folder: Path, rng: np.random.Generator, *, language: str = "en") -> Path:
    """Write one engagement; the same generator state gives the same files."""
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.toml").write_text(
        f'schema_version = 1\nid = "equal"\nclient = "Equal Ltd"\nlanguage = "{language}"\n'
        f'currency = "EUR"\nperiod = "2025"\nas_of = {AS_OF}\nstatus = "draft"\n'
        '[intake]\ndecimal = "."\ndelimiter = ","\n',
        "utf-8",
    )
    for name, rows in tables(rng).items():
        _write(folder / "data" / f"{name}.csv", rows)
    return folder


def tables(rng: np.random.Generator) -> dict[str, Rows]:
    """Draw the tables."""
    who = _people(rng)
    leavers = {i: _day(rng, 360) for i in who if rng.random() < 0.2}
    return {
        "customers": [{"customer_id": i, "name": f"Firm {i}"} | who[i] for i in who],
        "sales": _sales(rng, who, leavers),
        "lost_customers": _lost(rng, leavers),
        "complaints": _complaints(rng, who),
        "survey": _survey(rng, who),
        "satisfaction": _marks(rng, who),
        "offers": _offers(rng, who),
        "control_points": _points(rng, who),
        "answers": _answers(rng),
    }


def _people(rng: np.random.Generator) -> dict[str, dict[str, Any]]:
    return {
        f"C{n:03}": {
            "registered_date": AS_OF - timedelta(days=int(rng.integers(30, 1500))),
            "manager": rng.choice(MANAGERS),
            "region": rng.choice(REGIONS),
            "segment": rng.choice(SEGMENTS),
        }
        for n in range(CUSTOMERS)
    }


def _day(rng: np.random.Generator, back: int) -> date:
    return AS_OF - timedelta(days=int(rng.integers(back)))


def _sales(
    rng: np.random.Generator, who: dict[str, dict[str, Any]], leavers: dict[str, date]
) -> Rows:
    rows: Rows = []
    for i, of in who.items():
        usual, end = float(rng.lognormal(6, 1)), leavers.get(i, AS_OF)
        day = max(of["registered_date"], AS_OF - timedelta(days=730))
        while day <= end:
            rows.append(
                {
                    "customer_id": i,
                    "date": day,
                    "amount": round(usual * float(rng.lognormal(0, 0.4)), 2),
                    "document_id": f"D{len(rows)}",
                    "product": rng.choice(PRODUCTS),
                    "kind": "sale",
                    "manager": of["manager"],
                }
            )
            day += timedelta(days=int(rng.integers(20, 70)))
    return rows


def _lost(rng: np.random.Generator, leavers: dict[str, date]) -> Rows:
    return [
        {
            "customer_id": i,
            "lost_date": day,
            "reasons": "; ".join(rng.choice(REASONS, size=rng.integers(1, 3), replace=False)),
            "annual_revenue": round(float(rng.lognormal(8, 1)), 2),
        }
        for i, day in leavers.items()
    ]


def _complaints(rng: np.random.Generator, who: dict[str, dict[str, Any]]) -> Rows:
    return [
        {"complaint_id": f"K{i}", "customer_id": i, "date": _day(rng, 360)}
        for i in who
        if rng.random() < 0.15
    ]


def _survey(rng: np.random.Generator, who: dict[str, dict[str, Any]]) -> Rows:
    rows: Rows = []
    for wave in range(2):
        for i, of in who.items():
            mood = float(rng.normal(8, 1))
            for n in range(int(rng.integers(1, 4)) if rng.random() < 0.5 else 0):
                rows.append(
                    {
                        "respondent_id": f"R{i}-{n}",
                        "customer_id": i,
                        "score": int(np.clip(round(rng.normal(mood, 1.5)), 0, 10)),
                        "date": AS_OF - timedelta(days=300 - 150 * wave),
                        "wave": f"2025-H{wave + 1}",
                        "manager": of["manager"],
                        "segment": of["segment"],
                        "channel": rng.choice(CHANNELS),
                    }
                )
    return rows


def _marks(rng: np.random.Generator, who: dict[str, dict[str, Any]]) -> Rows:
    rows: Rows = []
    for i in who:
        mood = float(rng.normal(4, 0.6))
        for parameter in PARAMETERS:
            rows.append(
                {
                    "respondent_id": f"R{i}-0",
                    "customer_id": i,
                    "date": AS_OF - timedelta(days=150),
                    "product": "all",
                    "parameter": parameter,
                    "mark": int(np.clip(round(rng.normal(mood, 0.8)), 1, 5)),
                    "side": "customer",
                }
            )
    for person in range(12):
        rows += [
            {
                "respondent_id": f"S{person}",
                "date": AS_OF - timedelta(days=150),
                "product": "all",
                "parameter": parameter,
                "mark": int(np.clip(round(rng.normal(4, 1)), 1, 5)),
                "side": "staff",
            }
            for parameter in PARAMETERS
        ]
    return rows


def _offers(rng: np.random.Generator, who: dict[str, dict[str, Any]]) -> Rows:
    rows: Rows = []
    for i, of in who.items():
        luck = float(rng.beta(2, 2))
        for n in range(int(rng.integers(0, 4))):
            day = _day(rng, 300) - timedelta(days=40)
            end = "won" if rng.random() < luck else "lost"
            for stage, status in (("proposal", "open"), ("contract", end)):
                rows.append(
                    {
                        "deal_id": f"O{i}-{n}",
                        "customer_id": i,
                        "product": rng.choice(PRODUCTS),
                        "stage": stage,
                        "status": status,
                        "date": day,
                        "amount": int(rng.integers(1, 10)) * 100,
                        "reason": "price" if status == "lost" else "",
                        "manager": of["manager"],
                    }
                )
                day += timedelta(days=10)
    return rows


def _points(rng: np.random.Generator, who: dict[str, dict[str, Any]]) -> Rows:
    rows: Rows = []
    for i, of in who.items():
        due = _day(rng, 200)
        done = due + timedelta(days=int(rng.integers(-5, 6)))
        rows.append(
            {
                "customer_id": i,
                "point": "call",
                "due_date": due,
                "done_date": done if done <= AS_OF and rng.random() < 0.8 else "",
                "manager": of["manager"],
            }
        )
    return rows


def _answers(rng: np.random.Generator) -> Rows:
    items = [f"{section}.{n + 1}" for section, size in ITEMS.items() for n in range(size)]
    truth = {item: float(rng.normal()) for item in items}
    rows: Rows = []
    for person in range(11):
        level = "management" if person < 3 else "line"
        mild = float(rng.normal(0, 0.4))
        for item in items:
            value = truth[item] + mild + float(rng.normal())
            mark = "+" if value > 0.4 else "-" if value < -0.4 else "+/-"
            rows.append(
                {
                    "respondent": f"P{person}",
                    "level": level,
                    "item": item,
                    "mark": mark,
                    "questionnaire": "controllability",
                }
            )
    return rows


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
