"""Engagements drawn at random: small and large, with tables missing, attributes half known.

Nothing is planted; what matters is that awkward data come up: customers who all left, complaints
of nearly everybody, a register of one day, one event a deal, unknown reasons, unhappy and silent
customers, managers known for the lost alone, sales of a few weeks, amounts of 0.00, returns.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

AS_OF = date(2025, 12, 31)
LANGUAGES = ("en", "ru", "sk")
PRODUCTS = ("Alpha", "Beta", "Gamma", "Delta")
MANAGERS = ("Ann Reed", "Bob Hill", "Cy Low")
REGIONS = ("North", "South")
SEGMENTS = ("Large", "Small")
REASONS = ("Price too high", "Late delivery", "Business closed", "Rude engineer", "Unknown")
ITEMS = ("1.1", "1.5", "1.11", "2.1", "3.1", "3.4", "4.1", "4.4", "4.8")
LINES = ("1100", "1200", "1210", "1230", "1250", "1300", "1400", "1500", "1600", "2110", "2200",
         "2400")  # fmt: skip


def make(folder: Path, seed: int) -> Path:
    """Write the engagement of that seed; the same seed gives the same files."""
    rng = Random(seed)
    language = LANGUAGES[seed % 3]
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.toml").write_text(_configuration(rng, language), "utf-8")
    for name, rows in _tables(rng).items():
        if rows:
            _write(folder / "data" / f"{name}.csv", rows)
    return folder


def _configuration(rng: Random, language: str) -> str:
    lines = [
        "schema_version = 1", 'id = "drawn"', 'client = "Drawn Ltd"', f'language = "{language}"',
        f'currency = "{rng.choice(["EUR", "RUB", "GBP"])}"', 'period = "2025"',
        f"as_of = {AS_OF}", 'status = "draft"', "[intake]", 'decimal = "."', 'delimiter = ","',
    ]  # fmt: skip
    if rng.random() < 0.4:
        months = rng.choice([1, 3, 6])
        used = rng.choice(["12", "24", '"ever"'])
        lines += ["[params.segmentation_matrix]", f"lifecycle_months = {months}"]
        lines += [f"used_months = {used}"]
    return "\n".join(lines) + "\n"


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _tables(rng: Random) -> dict[str, list[dict[str, Any]]]:
    ids = [f"C{n:03}" for n in range(rng.choice([4, 12, 40, 90]))]
    people = {
        i: {"manager": rng.choice(MANAGERS), "region": rng.choice(REGIONS),
            "segment": rng.choice(SEGMENTS)}
        for i in ids
    }  # fmt: skip
    leavers = {i: _day(rng, 300) for i in ids if rng.random() < rng.choice([0.05, 0.3, 0.95])}
    if rng.random() < 0.3:
        leavers = dict.fromkeys(leavers, AS_OF - timedelta(days=rng.choice([0, 200])))
    made = {
        "customers": _customers(rng, ids, people),
        "sales": _sales(rng, ids, leavers),
        "lost_customers": _lost(rng, leavers, people),
        "complaints": _complaints(rng, ids),
        "satisfaction": _marks(rng, ids),
        "survey": _survey(rng, ids, people),
        "offers": _offers(rng, ids),
        "control_points": _points(rng, ids),
        "targets": _targets(rng),
        "plans": [{"customer_id": i, "period": "2025", "amount": 500} for i in ids[:9]],
        "answers": _answers(rng),
        "statements": _statements(rng),
    }
    kept = {name: rows for name, rows in made.items() if rng.random() < 0.75}
    if "targets" in kept and "segment" not in kept.get("customers", [{}])[0]:
        del kept["targets"]  # targets of segments that nobody belongs to
    return kept or {"sales": made["sales"]}


def _day(rng: Random, back: int) -> date:
    return AS_OF - timedelta(days=rng.randrange(back))


def _customers(rng: Random, ids: Iterable[str], people: dict[str, Any]) -> list[dict[str, Any]]:
    named, known, ends = rng.random() < 0.5, rng.choice([0, 0.5, 1]), rng.random() < 0.3
    rows = []
    for i in ids:
        row: dict[str, Any] = {"customer_id": i, "segment": people[i]["segment"]}
        if named:
            row["name"] = f"Firm {i}"
        if known:
            told = rng.random() < known
            row |= {k: people[i][k] if told else "" for k in ("manager", "region")}
        row["registered_date"] = _day(rng, 2000)
        if ends:
            row["contract_end"] = AS_OF + timedelta(days=rng.randrange(-200, 200))
        rows.append(row)
    return rows


def _sales(rng: Random, ids: Iterable[str], leavers: dict[str, date]) -> list[dict[str, Any]]:
    reach = rng.choice([60, 500, 1100])
    gaps = rng.choice([(20,), (150,), (20, 60, 180)])
    rows: list[dict[str, Any]] = []
    for i in ids:
        if rng.random() < 0.05:
            continue
        day, end, gap = _day(rng, reach), leavers.get(i, AS_OF), rng.choice(gaps)
        while day <= end:
            kind = "return" if rng.random() < 0.04 else "sale"
            amount = 0.0 if rng.random() < 0.03 else round(rng.lognormvariate(6, 1.5), 2)
            rows.append(
                {"customer_id": i, "date": day, "amount": -amount if kind == "return" else amount,
                 "document_id": f"D{len(rows)}", "product": rng.choice(PRODUCTS), "kind": kind,
                 "manager": rng.choice(MANAGERS),
                 "recommended_by": "Firm C000" if rng.random() < 0.1 else ""}
            )  # fmt: skip
            day += timedelta(days=max(1, round(gap * rng.uniform(0.5, 1.5))))
    return rows or [{"customer_id": "C000", "date": AS_OF, "amount": 1, "product": "Alpha"}]


def _lost(rng: Random, leavers: dict[str, date], people: dict[str, Any]) -> list[dict[str, Any]]:
    odd, more = rng.choice([0, 0.5, 1]), rng.random() < 0.5
    rows = []
    for i, day in leavers.items():
        reason = "Somebody else" if rng.random() < odd else rng.choice(REASONS)
        row: dict[str, Any] = {"customer_id": i, "lost_date": day, "reasons": reason}
        if rng.random() < 0.4:
            row["reasons"] += "; Late delivery" if reason != "Late delivery" else ""
        row |= {"manager": people[i]["manager"], "region": people[i]["region"]} if more else {}
        row["annual_revenue"] = round(rng.lognormvariate(8, 1), 2)
        rows.append(row)
    return rows


def _complaints(rng: Random, ids: Sequence[str]) -> list[dict[str, Any]]:
    share = rng.choice([0.02, 0.2, 0.9])
    return [
        {"complaint_id": f"K{n}", "customer_id": i, "date": _day(rng, 360),
         "cause_found": rng.choice(["yes", "no"]), "process_mended": rng.choice(["yes", "no"])}
        for n, i in enumerate(ids)
        if rng.random() < share
    ]  # fmt: skip


def _marks(rng: Random, ids: Sequence[str]) -> list[dict[str, Any]]:
    low = rng.choice([1, 3, 5])
    return [
        {"respondent_id": f"R{i}", "customer_id": i, "date": _day(rng, 300),
         "product": rng.choice(PRODUCTS), "parameter": parameter,
         "mark": rng.randint(low, 5)}
        for i in ids
        for parameter in ("Price", "Delivery", "Staff")
        if rng.random() < 0.7
    ] + [
        {"respondent_id": "S1", "date": AS_OF, "product": "Alpha", "parameter": "Price",
         "mark": 1}
    ]  # fmt: skip


def _survey(rng: Random, ids: Sequence[str], people: dict[str, Any]) -> list[dict[str, Any]]:
    top, waves = rng.choice([6, 10]), rng.choice([1, 2, 3])
    rows = []
    for n, i in enumerate(ids * 2):
        if rng.random() < 0.4:
            continue
        wave = rng.randrange(waves)
        rows.append(
            {"respondent_id": f"R{n}", "customer_id": i, "score": rng.randint(0, top),
             "date": AS_OF - timedelta(days=300 - 100 * wave), "wave": f"2025-W{wave}",
             "manager": people[i]["manager"], "segment": people[i]["segment"],
             "reason": rng.choice(["price", "late delivery", "good people", ""])}
        )  # fmt: skip
    return rows or [{"respondent_id": "R0", "customer_id": "C000", "score": 0, "date": AS_OF}]


def _offers(rng: Random, ids: Sequence[str]) -> list[dict[str, Any]]:
    stages, events = ("proposal", "contract", "payment"), rng.choice([1, 3])
    rows = []
    for n, i in enumerate(ids):
        day = _day(rng, 300)
        for stage in stages[: rng.randint(1, events)]:
            end = rng.choice(["open", "open", "won", "lost"])
            rows.append(
                {"deal_id": f"O{n}", "customer_id": i, "product": rng.choice(PRODUCTS),
                 "stage": stage, "status": end, "date": min(day, AS_OF),
                 "due_date": rng.choice(["", day + timedelta(days=30)]) if end == "open" else "",
                 "amount": rng.randint(1, 9) * 100,
                 "reason": "price" if end == "lost" else "", "manager": rng.choice(MANAGERS)}
            )  # fmt: skip
            if end != "open":
                break
            day += timedelta(days=10)
    return rows


def _points(rng: Random, ids: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"customer_id": i, "point": rng.choice(["call", "invoice due"]),
         "due_date": AS_OF + timedelta(days=rng.randrange(-200, 90)),
         "done_date": rng.choice(["", _day(rng, 30)]), "manager": rng.choice(MANAGERS)}
        for i in ids
    ]  # fmt: skip


def _targets(rng: Random) -> list[dict[str, Any]]:
    words = ["target", "target", "optional", ""]
    return [{"segment": s} | {p: rng.choice(words) for p in PRODUCTS} for s in SEGMENTS]


def _answers(rng: Random) -> list[dict[str, Any]]:
    people = [("P1", "management"), ("P2", "line"), ("P3", "line")][: rng.randint(1, 3)]
    return [
        {"respondent": p, "item": item, "level": level, "questionnaire": "controllability",
         "mark": rng.choice(["+", "+/-", "-", "don't know"])}
        for p, level in people
        for item in ITEMS
    ]  # fmt: skip


def _statements(rng: Random) -> list[dict[str, Any]]:
    rows = []
    for year in (2023, 2024):
        fixed, stock, owed, cash = (rng.randint(1, 900) for _ in range(4))
        current = stock + owed + cash
        debt, short = rng.randint(0, fixed), rng.randint(1, 900)
        values = {
            "1100": fixed, "1200": current, "1210": stock, "1230": owed, "1250": cash,
            "1300": fixed + current - debt - short, "1400": debt, "1500": short,
            "1600": fixed + current, "2110": rng.randint(100, 9000),
            "2200": rng.randint(-300, 900), "2400": rng.randint(-300, 700),
        }  # fmt: skip
        rows += [
            {"organisation": "Drawn", "okved": "46.90", "year": year, "line": line,
             "value": values[line]}
            for line in LINES
        ]  # fmt: skip
    return rows
