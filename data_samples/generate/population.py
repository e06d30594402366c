"""Invented statements of some ten thousand Russian companies, for the shipped sample base.

    python -m data_samples.generate.population FOLDER   writes FOLDER/population.csv
    python -m data_samples.generate.sample_base         makes the shipped base of it

The columns are those of the open Russian Financial Statements Database.  Numbers of taxpayers
begin with 00, as no true one does.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import yaml

Floats = npt.NDArray[np.float64]

COMPANIES = 80_000
FIRST_YEAR = 2019
SEED = 20_251_231
DIRTY = 0.006
"""Share of rows of each year that are spoilt."""
LINES = (
    *("1100", "1150", "1170", "1200", "1210", "1220", "1230", "1240", "1250", "1260"),
    *("1300", "1400", "1410", "1450", "1500", "1510", "1520", "1550", "1600", "1700"),
    *("2110", "2120", "2200", "2400"),
)
NOT_SIMPLIFIED = ("1100", "1200", "1220", "1240", "1260", "1400", "1500", "2200")
"""Lines that simplified statements do not have."""


def facts() -> dict[str, Any]:
    path = Path(__file__).with_name("population.yaml")
    return dict(yaml.safe_load(path.read_text("utf-8")))


def population(companies: int = COMPANIES, seed: int = SEED) -> pd.DataFrame:
    """Return the statements of all years: whole thousands of roubles, blank where not given."""
    told = facts()
    chance = np.random.default_rng(seed)
    traits = _traits(told["sections"], companies, chance)
    years: list[pd.DataFrame] = []
    for year in range(FIRST_YEAR, max(told["growth"]) + 1):
        if years:
            _grow(traits, told["growth"][year], chance)
        alive = (traits["born"] <= year) & (year <= traits["gone"])
        statements = _statements(traits[alive].reset_index(drop=True), chance)
        statements.insert(2, "year", year)
        years.append(_spoilt(statements, chance))
    return pd.concat(years, ignore_index=True)


def _traits(sections: dict[str, Any], companies: int, chance: np.random.Generator) -> pd.DataFrame:
    """Return what a company is: industry, scale and habits."""
    codes = [(code, w, s) for s in sections.values() for code, w in s["codes"].items()]
    weights = np.array([w * s["share"] / sum(s["codes"].values()) for _, w, s in codes])
    which = chance.choice(len(codes), size=companies, p=weights / weights.sum())
    frame = pd.DataFrame({"inn": [f"00{n:08d}" for n in range(1, companies + 1)]})
    frame["okved"] = np.array([str(code) for code, _, _ in codes])[which]
    lean = chance.normal(0, 1, (len(codes), 4))[which]  # what the industry adds to its section
    for name in ("turnover", "fixed", "debt", "long", "margin", "spread"):
        frame[name] = np.array([s[name] for _, _, s in codes])[which]
    noise = chance.normal(0, 1, (companies, 4))
    frame["revenue"] = np.exp(np.log(9_000) + 1.95 * chance.normal(0, 1, companies))
    frame["turnover"] *= np.exp(0.15 * lean[:, 0] + 0.75 * noise[:, 0])
    frame["debt"] *= np.exp(0.06 * lean[:, 1] + 0.55 * noise[:, 1])
    frame["fixed"] = _share(frame["fixed"], 0.2 * lean[:, 2] + 1.1 * noise[:, 2])
    frame["margin"] += frame["spread"] * (0.15 * lean[:, 3] + 0.6 * noise[:, 3])
    frame["simplified"] = (chance.random(companies) < 0.3) & (frame["revenue"] < 60_000)
    frame["born"] = FIRST_YEAR + np.where(
        chance.random(companies) < 0.7, 0, chance.integers(0, 7, companies)
    )
    frame["gone"] = frame["born"] + chance.geometric(0.07, companies)
    return frame


def _share(middle: pd.Series, noise: Floats) -> Floats:
    """Return shares around a middle, never 0 or 1."""
    odds = np.log(middle / (1 - middle)) + noise
    return np.asarray(1 / (1 + np.exp(-odds)))


def _grow(traits: pd.DataFrame, growth: float, chance: np.random.Generator) -> None:
    """Move every company on by a year."""
    n = len(traits)
    traits["revenue"] *= np.exp(growth + 0.35 * chance.normal(0, 1, n))
    traits["debt"] *= np.exp(0.12 * chance.normal(0, 1, n))
    traits["turnover"] *= np.exp(0.10 * chance.normal(0, 1, n))


def _statements(traits: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    n = len(traits)
    idle = chance.random(n) < 0.02
    revenue = np.where(idle, 0, np.round(traits["revenue"]))
    assets = np.maximum(np.round(traits["revenue"] / traits["turnover"]), 1)
    lines: dict[str, Floats] = {"1600": assets, "1700": assets, "2110": revenue}
    lines["1100"] = np.round(assets * traits["fixed"] * (chance.random(n) > 0.25))
    lines["1200"] = assets - lines["1100"]
    _split(lines, "1100", {"1150": 9.0, "1170": 1.0}, chance)
    current = {"1210": 3.0, "1220": 0.15, "1230": 3.5, "1240": 0.7, "1250": 1.3, "1260": 0.15}
    _split(lines, "1200", current, chance)
    debts = np.round(assets * traits["debt"])
    lines["1300"] = assets - debts
    long = traits["long"] * (chance.random(n) > 0.55) * chance.beta(2, 2, n) * 2
    lines["1400"] = np.round(debts * np.minimum(long, 0.95))
    lines["1500"] = debts - lines["1400"]
    _split(lines, "1400", {"1410": 4.0, "1450": 1.0}, chance)
    _split(lines, "1500", {"1510": 1.2, "1520": 5.0, "1550": 0.2}, chance)
    _profits(lines, traits, chance)
    frame = pd.DataFrame({line: lines[line] for line in LINES}).astype("Int64")
    frame = frame.mask((frame == 0) & (chance.random((n, len(LINES))) < 0.7))  # left blank
    frame.loc[traits["simplified"], list(NOT_SIMPLIFIED)] = pd.NA
    frame.columns = [f"line_{line}" for line in LINES]
    return pd.concat([traits[["inn", "okved"]], frame], axis=1)


def _split(
    lines: dict[str, Floats], total: str, parts: dict[str, float], chance: np.random.Generator
) -> None:
    """Split a total into whole parts; the first takes what rounding leaves."""
    whole = lines[total]
    shares = chance.dirichlet(list(parts.values()), len(whole))
    first, *others = parts
    for number, line in enumerate(others, start=1):
        lines[line] = np.floor(whole * shares[:, number])
    lines[first] = whole - sum(lines[line] for line in others)


def _profits(lines: dict[str, Floats], traits: pd.DataFrame, chance: np.random.Generator) -> None:
    """Add cost, profit from sales and net profit."""
    n = len(traits)
    margin = traits["margin"] + traits["spread"] * 0.5 * chance.standard_t(3, n)
    revenue = lines["2110"]
    idle_cost = np.where(revenue > 0, 0, np.round(lines["1600"] * 0.01))
    lines["2200"] = np.round(revenue * np.minimum(margin, 0.95)) - idle_cost
    lines["2120"] = lines["2200"] - revenue
    other = np.round(lines["1600"] * 0.02 * chance.standard_t(3, n))
    before_tax = lines["2200"] + other
    lines["2400"] = np.where(before_tax > 0, np.round(before_tax * 0.8), before_tax)


def _spoilt(frame: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    """Spoil some rows in the ways that raw statements are spoilt, and repeat some."""
    made = frame.astype({name: "object" for name in frame.columns if name != "year"})
    rows = chance.permutation(len(made))[: int(len(made) * DIRTY)]
    kinds = np.array_split(rows, 7)
    made.loc[kinds[0], "inn"] = pd.NA
    made.loc[kinds[1], "okved"] = "0"
    for rows_of, line in zip(
        np.array_split(kinds[2], 4), ("1600", "1200", "1500", "2110"), strict=True
    ):
        made.loc[rows_of, f"line_{line}"] = -7
    made.loc[kinds[3], "line_2110"] = "1O5"
    made.loc[kinds[4], [f"line_{line}" for line in LINES]] = pd.NA
    copies = made.loc[kinds[5]]
    others = made.loc[kinds[6]].assign(line_2400=13)
    return pd.concat([made, copies, others], ignore_index=True)


def write(folder: Path, companies: int = COMPANIES) -> Path:
    """Write ``population.csv`` and return its path."""
    path = folder / "population.csv"
    population(companies).to_csv(path, index=False, lineterminator="\n")
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]))}\n")
