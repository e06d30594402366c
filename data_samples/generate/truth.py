"""What a correct report must find: counted from the clean rows, never by the package."""

from collections import Counter, defaultdict
from datetime import date
from math import erfc, sqrt
from typing import Any

from data_samples.generate import answers_truth, churn_truth, segmentation_truth, statements_truth
from data_samples.generate.build import Built
from data_samples.generate.complaints import STEPS
from data_samples.generate.rows import Row, name_of
from data_samples.generate.spec import Layout

Truth = dict[str, Any]


def truth(built: Built) -> Truth:
    """Return the known truth of one engagement."""
    spec, rows = built.spec, built.now.rows
    headline = [row for row in rows["survey"] if row["wave"] in (None, spec.waves[-1].label)]
    against, earlier = _wave_before(built)
    return {
        "nps": classes(headline),
        "waves": {wave.label: classes(_of_wave(built, wave.label)) for wave in spec.waves},
        "against": {"wave": against} | classes(earlier),
        "change": change(classes(earlier), classes(headline)),
        "expected_verdict": spec.expected_verdict,
        "groups": {by: groups(headline, by) for by in ("segment", "product", "manager", "channel")},
        "best": {by: extreme(headline, by, best=True) for by in ("segment", "manager")},
        "worst": {by: extreme(headline, by, best=False) for by in ("segment", "manager")},
        "revenue_weighted_nps": _weighted(headline),
        "themes": themes(headline, built.now.themes),
        "detractors_name_most": _most_named(headline, built.now.themes),
        "driver": spec.driver,
        "weakest": spec.weakest,
        "satisfaction": satisfaction(rows["satisfaction"]),
        "respondents_with_marks": len(_marked(rows["satisfaction"])),
        "touchpoints": touchpoints(rows["touchpoints"]),
        "complaints": complaints(rows["complaints"], spec.as_of),
        "criteria": criteria(rows["sales"], spec.as_of),
        "churn": churn_truth.truth(spec, rows, built.leavers),
        "churn_before": _churn_before(built),
        "segmentation": segmentation_truth.truth(spec.segmentation, rows, spec.as_of),
        "controllability": answers_truth.truth(spec.answers, rows, spec.as_of),
        "financial": statements_truth.truth(spec.statements),
        "files": files(spec.layouts, rows),
    }


def _of_wave(built: Built, label: str) -> list[Row]:
    return [row for row in built.now.rows["survey"] if row["wave"] in (None, label)]


def _wave_before(built: Built) -> tuple[str, list[Row]]:
    if built.before is not None and built.spec.earlier is not None:
        return built.spec.earlier.wave.label, built.before.rows["survey"]
    label = built.spec.waves[-2].label
    return label, _of_wave(built, label)


def _churn_before(built: Built) -> Truth | None:
    earlier = built.spec.earlier
    if built.before is None or earlier is None or earlier.churn is None:
        return None
    return churn_truth.before(built.spec, earlier.churn, built.before.rows["lost_customers"])


def classes(rows: list[Row]) -> Truth:
    """Return the three classes, the index in points and the blanks."""
    scores = [int(row["score"]) for row in rows if row["score"] is not None]
    critics = sum(score <= 6 for score in scores)
    fans = sum(score >= 9 for score in scores)
    return {
        "n": len(scores),
        "detractors": critics,
        "passives": len(scores) - critics - fans,
        "promoters": fans,
        "missing": len(rows) - len(scores),
        "value": round(100 * (fans - critics) / len(scores), 4) if scores else None,
    }


def change(before: Truth, now: Truth) -> Truth:
    """Return the difference of two waves and what it allows to say (adjusted z test)."""
    (first, var_first), (second, var_second) = _adjusted(before), _adjusted(now)
    se = sqrt(var_first + var_second)
    p_value = erfc(abs(second - first) / se / sqrt(2))
    verdict = "cannot_tell" if p_value >= 0.05 else "up" if second > first else "down"
    return {
        "difference": round(now["value"] - before["value"], 4),
        "se": round(100 * se, 4),
        "p_value": round(p_value, 8),
        "verdict": verdict,
    }


def _adjusted(wave: Truth) -> tuple[float, float]:
    """Return the index and its variance with 3/4, 3/2, 3/4 added to the classes."""
    n = wave["n"] + 3
    fans, critics = (wave["promoters"] + 0.75) / n, (wave["detractors"] + 0.75) / n
    return fans - critics, (fans + critics - (fans - critics) ** 2) / n


def groups(rows: list[Row], by: str) -> Truth:
    """Return the classes of every group of the column ``by``."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[str(row[by])].append(row)
    return {name: classes(parts[name]) for name in sorted(parts)}


def extreme(rows: list[Row], by: str, *, best: bool) -> str:
    """Return the best or the worst group of at least 15 answers; nothing without a rival."""
    parts = {name: part for name, part in groups(rows, by).items() if part["n"] >= 15}
    ranked = sorted(parts, key=lambda name: parts[name]["value"])
    return (ranked[-1] if best else ranked[0]) if len(ranked) > 1 else ""


def _weighted(rows: list[Row]) -> float | None:
    """Return the index weighted by the account's revenue, its respondents averaged first."""
    signs: dict[str, list[int]] = defaultdict(list)
    revenue: dict[str, float] = {}
    for row in rows:
        if row["score"] is not None:
            score = int(row["score"])
            signs[str(row["customer_id"])].append((score >= 9) - (score <= 6))
            revenue[str(row["customer_id"])] = float(row["revenue"])
    total = sum(revenue.values())
    index = sum(revenue[c] * sum(s) / len(s) for c, s in signs.items())
    return round(100 * index / total, 4) if total else None


def themes(rows: list[Row], named: dict[str, tuple[str, ...]]) -> Truth:
    """Return, by question and theme, how many answers of each class name the theme."""
    found: dict[str, dict[str, Counter[str]]] = {"reason": {}, "improvement": {}}
    for row in rows:
        for question, counts in found.items():
            for theme in named.get(name_of(row, question), ()):
                counts.setdefault(theme, Counter())[_class(row)] += 1
    kinds = ("detractors", "passives", "promoters", "missing")
    return {
        question: {theme: {k: counts[theme][k] for k in kinds} for theme in sorted(counts)}
        for question, counts in found.items()
    }


def _class(row: Row) -> str:
    if row["score"] is None:
        return "missing"
    score = int(row["score"])
    return "detractors" if score <= 6 else "passives" if score <= 8 else "promoters"


def _most_named(rows: list[Row], named: dict[str, tuple[str, ...]]) -> list[str]:
    counts = themes(rows, named)["reason"]
    return sorted(counts, key=lambda t: (-counts[t]["detractors"], t))[:3]


def satisfaction(rows: list[Row]) -> Truth:
    """Return, by side and parameter, the number and mean of the marks, and the low ones."""
    marks: dict[str, dict[str, list[int]]] = {"customer": {}, "staff": {}}
    for row in rows:
        marks[row["side"]].setdefault(row["parameter"], []).append(int(row["mark"]))
    return {
        side: {
            name: {
                "n": len(values),
                "mean": round(sum(values) / len(values), 6),
                "open": sum(v <= 2 for v in values),
                "hidden": sum(v == 3 for v in values),
            }
            for name, values in parameters.items()
        }
        for side, parameters in marks.items()
    }


def _marked(rows: list[Row]) -> set[object]:
    return {row["respondent_id"] for row in rows if row["side"] == "customer"}


def touchpoints(rows: list[Row]) -> Truth:
    """Return the marks of each touchpoint."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[str(row["touchpoint"])][str(row["mark"])] += 1
    return {name: {m: c[m] for m in ("poor", "normal", "wow")} for name, c in counts.items()}


def complaints(rows: list[Row], as_of: date) -> Truth:
    """Return the funnel of the whole register and of the 12 months to ``as_of``."""
    start = as_of.replace(year=as_of.year - 1)
    recent = [row for row in rows if start < row["date"] <= as_of]
    return {"all": _funnel(rows), "last_12_months": _funnel(recent)}


def _funnel(rows: list[Row]) -> Truth:
    steps = {step: sum(row[step] == "yes" for row in rows) for step in STEPS}
    customers = len({row["customer_id"] for row in rows})
    return {"n": len(rows), **steps, "customers": customers}


def criteria(rows: list[Row], as_of: date) -> Truth:
    """Return the loyalty criteria of the 12 months to ``as_of``; a purchase is kind ``sale``."""
    start = as_of.replace(year=as_of.year - 1)
    bought = [row for row in rows if row["kind"] == "sale" and row["date"] <= as_of]
    days: dict[str, list[date]] = defaultdict(list)
    for row in bought:
        days[str(row["customer_id"])].append(row["date"])
    period = {c: [d for d in ds if d > start] for c, ds in days.items()}
    period = {c: ds for c, ds in period.items() if ds}
    old = {c for c, ds in days.items() if min(ds) <= start}
    recommended = {str(r["customer_id"]) for r in rows if r.get("recommended_by")}
    return {
        "customers": len(period),
        "repeat_customers": sum(len(days[c]) >= 2 for c in period),
        "regular": sum(len(_quarters(ds)) >= 3 for ds in period.values()),
        "new_customers": len(set(period) - old),
        "recommended_new": len((set(period) - old) & recommended),
        "existing_sales_share": _share_of(rows, start, old),
    }


def _quarters(days: list[date]) -> set[int]:
    return {(day.month - 1) // 3 for day in days}


def _share_of(rows: list[Row], start: date, old: set[str]) -> float:
    """Return the share of net sales (returns taken away) that goes to customers of before."""
    recent = [row for row in rows if row["date"] > start and row["kind"] != "cancelled"]
    total = sum(row["amount"] for row in recent)
    existing = sum(row["amount"] for row in recent if row["customer_id"] in old)
    return round(existing / total, 6)


def files(layouts: tuple[Layout, ...], rows: dict[str, list[Row]]) -> Truth:
    """Return what is in each file: true rows and the copies that must be dropped."""
    return {
        layout.table: {
            "file": layout.file,
            "rows": len(rows[layout.table]),
            "duplicates": layout.duplicates,
        }
        for layout in layouts
    }
