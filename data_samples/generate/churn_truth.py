"""What a correct churn report must find: counted from the clean rows, never by the package."""

from collections import Counter, defaultdict
from itertools import combinations
from statistics import median
from typing import Any

from data_samples.generate.churn_spec import Churn
from data_samples.generate.leavers import Leaver
from data_samples.generate.lost_customers import ids
from data_samples.generate.omens import omens
from data_samples.generate.portfolio import portfolio
from data_samples.generate.rows import Row
from data_samples.generate.spec import Spec
from data_samples.generate.words import preventable, reasons

Truth = dict[str, Any]
LEAST = 5
"""Customers that a pair of reasons needs."""


def truth(spec: Spec, rows: dict[str, list[Row]], gone: tuple[Leaver, ...]) -> Truth:
    """Return the known truth of the losses of one engagement."""
    lost = rows["lost_customers"]
    counted = _reasons(lost, spec.language)
    return {
        **_headline(lost),
        "reasons": counted,
        "most_frequent": _first(counted, "any"),
        "revenue_driver": _first(counted, "revenue_fractional"),
        "pairs": pairs(lost),
        "preventable": _preventable(lost),
        "verified": _verified(lost),
        "winback": _winback(lost),
        "asked": {
            column: Counter(str(row[column]) for row in lost)
            for column in ("complained", "exit_interview")
        },
        "misspelt": _misspelt(spec.churn, spec.language),
        "portfolio": portfolio(rows["customers"], lost, spec.churn.strata),
        "signals": omens(spec, rows, gone) if spec.churn.in_books else None,
    }


def before(spec: Spec, churn: Churn, lost: list[Row]) -> Truth:
    """Return the truth of the losses of the previous engagement."""
    counted = _reasons(lost, spec.language)
    return {
        **_headline(lost),
        "reasons": counted,
        "most_frequent": _first(counted, "any"),
        "misspelt": _misspelt(churn, spec.language),
    }


def _headline(lost: list[Row]) -> Truth:
    return {
        "n": len(lost),
        "revenue": sum(_money(row) for row in lost),
        "revenue_blank": sum(row["annual_revenue"] is None for row in lost),
    }


def _money(row: Row) -> float:
    return float(row["annual_revenue"] or 0)


def _reasons(lost: list[Row], language: str) -> Truth:
    """Return the three counts of each reason and the money of two of them."""
    return {
        reason: {"wording": wording, "preventable": preventable(reason)} | _counts(lost, reason)
        for reason, wording in reasons(language).items()
        if any(reason in ids(row) for row in lost)
    }


def _counts(lost: list[Row], reason: str) -> Truth:
    named = [row for row in lost if reason in ids(row)]
    return {
        "any": len(named),
        "fractional": round(sum(1 / len(ids(row)) for row in named), 6),
        "sole": sum(len(ids(row)) == 1 for row in named),
        "revenue_any": sum(_money(row) for row in named),
        "revenue_fractional": round(sum(_money(row) / len(ids(row)) for row in named), 2),
        "revenue_sole": sum(_money(row) for row in named if len(ids(row)) == 1),
    }


def _first(counted: Truth, count: str) -> str:
    return max(counted, key=lambda reason: (counted[reason][count], reason))


def pairs(lost: list[Row]) -> list[Truth]:
    """Return the pairs of reasons of at least five customers, the highest lift first."""
    single = Counter(reason for row in lost for reason in ids(row))
    double = Counter(pair for row in lost for pair in combinations(sorted(ids(row)), 2))
    found = [
        {
            "a": a,
            "b": b,
            "n": n,
            "lift": round(n * len(lost) / (single[a] * single[b]), 6),
            "jaccard": round(n / (single[a] + single[b] - n), 6),
        }
        for (a, b), n in double.items()
        if n >= LEAST
    ]
    return sorted(found, key=lambda pair: (-pair["lift"], pair["a"], pair["b"]))


def _preventable(lost: list[Row]) -> Truth:
    """Return customers with any reason that can be prevented, with such reasons only, shares."""
    shares = [sum(map(preventable, ids(row))) / len(ids(row)) for row in lost]
    return {
        "any": sum(share > 0 for share in shares),
        "all": sum(share == 1 for share in shares),
        "fractional": round(sum(shares), 6),
        "revenue_fractional": round(
            sum(s * _money(row) for s, row in zip(shares, lost, strict=True)), 2
        ),
    }


def _verified(lost: list[Row]) -> Truth:
    """Return how many reasons were verified and how often that changed what was stated."""
    checked = [row for row in lost if row["verified"] == "yes"]
    both = [row for row in checked if row["stated_reasons"]]
    changed = [row for row in both if set(ids(row)) != set(ids(row, "stated_reasons"))]
    moves = Counter((row["stated_reasons"], row["reasons"]) for row in changed)
    return {
        "n": len(checked),
        "with_stated": len(both),
        "differs": len(changed),
        "moves": [{"stated": a, "true": b, "n": n} for (a, b), n in sorted(moves.items())],
    }


def _winback(lost: list[Row]) -> Truth:
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in lost:
        parts[str(row["destination"] or "blank")].append(row)
    return {"all": _returned(lost)} | {name: _returned(parts[name]) for name in sorted(parts)}


def _returned(lost: list[Row]) -> Truth:
    back = [row for row in lost if row["returned_date"]]
    days = [(row["returned_date"] - row["lost_date"]).days for row in back]
    return {
        "n": len(lost),
        "returned": len(back),
        "median_days": median(days) if days else None,
        "with_offer": sum(bool(row["offer_used"]) for row in back),
    }


def _misspelt(churn: Churn, language: str) -> list[Truth]:
    wordings = reasons(language)
    return [{"typed": typed, "meant": wordings[reason]} for reason, typed in churn.slips.items()]
