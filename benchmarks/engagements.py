"""Synthetic engagements for benchmarks and for tests of many clients at once.

    python benchmarks/engagements.py FOLDER COUNT [--seed 1] [--broken]

Languages are ru, sk and en in turn.  One large market per language is made by the builders of
the samples; every client draws customers from it, with their answers, marks, complaints,
documents and losses, so that no two clients have the same data.  The same seed writes the same
bytes.
"""

import argparse
import csv
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from data_samples.generate import files, lost_customers
from data_samples.generate.build import build
from data_samples.generate.chance import stream
from data_samples.generate.churn_spec import Churn
from data_samples.generate.engagements import northbridge, tatra_servis, ural_tekhnika
from data_samples.generate.rows import Row
from data_samples.generate.spec import Layout, Spec
from data_samples.generate.words import words

SEED = 1
CUSTOMERS, ANSWERS = 280, 520
"""Of the market of one language, lost customers apart."""
SHARES = (0.42, 0.7)
"""Part of the market's customers that one client has, least and most."""
TABLES = (
    *("survey", "satisfaction", "touchpoints", "complaints"),
    *("customers", "sales", "lost_customers"),
)
BOOK = "intake.xlsx"
IN_WORKBOOK = ("touchpoints", "complaints", "lost_customers")
"""Tables that every other three clients keep in one XLSX workbook."""
FIRST_BROKEN = 901
"""Number of the first broken engagement, far from those of whole ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The sample whose words and habits the clients of one language share."""

    spec: Spec
    client: str
    currency: str
    orders: tuple[float, float]
    """Documents of a year, of the smallest and the largest customer."""
    losses: float
    """Lost customers of the market per one of the sample."""
    name_forms: tuple[str, ...]
    name_stems: tuple[str, ...]


ORIGINS = {
    "ru": Origin(
        spec=ural_tekhnika.SPEC,
        client="ООО «Садовая техника {}»",
        currency="RUB",
        orders=(4.0, 24.0),
        losses=1.0,
        name_forms=ural_tekhnika.MARKET.name_forms,
        name_stems=ural_tekhnika.MARKET.name_stems,
    ),
    "sk": Origin(
        spec=tatra_servis.SPEC,
        client="Autoservis {}, s. r. o.",
        currency="EUR",
        orders=(3.5, 18.0),
        losses=0.6,
        name_forms=(),
        name_stems=(),
    ),
    "en": Origin(
        spec=northbridge.SPEC,
        client="Packaging Works {} Ltd",
        currency="GBP",
        orders=(4.0, 24.0),
        losses=8.0,
        name_forms=("{}", "{} North", "{} & Sons", "{} Group", "{} Works", "New {}"),
        name_stems=northbridge.MARKET.names,
    ),
}

CONFIGURATION = """schema_version = 1
id = "{id}"
client = "{client}"
language = "{language}"
currency = "{currency}"
period = "2025"
as_of = 2025-12-31
status = "draft"
diagnostics = ["loyalty", "churn_reasons"]
"""


def make_engagements(folder: Path, count: int, *, seed: int = SEED) -> list[Path]:
    """Write ``count`` engagements below ``folder`` and return their folders.

    Parameters
    ----------
    count
        Folders ``client-001`` and on; a smaller count writes the first of a larger one.
    """
    return [make_engagement(folder / f"client-{n:03}", n, seed=seed) for n in range(1, count + 1)]


def make_engagement(folder: Path, number: int, *, seed: int = SEED) -> Path:
    """Write the engagement of one number; its id is the name of the folder."""
    language = list(ORIGINS)[(number - 1) % len(ORIGINS)]
    origin = ORIGINS[language]
    spec, market = _market(language, seed)
    name = f"batch {seed}/{number}"
    rows = _draw(market, name)
    rows["lost_customers"] = lost_customers.as_typed(
        rows["lost_customers"], spec.churn, name=name, language=language
    )
    workbook = (number - 1) // len(ORIGINS) % 2 == 0
    layouts = tuple(_layout(one, workbook) for one in spec.layouts if one.table in TABLES)
    data = folder / "data"
    data.mkdir(parents=True)
    files.write(data, layouts, rows, engagement=name, language=language)
    configuration = CONFIGURATION.format(
        id=folder.name,
        client=origin.client.format(number),
        language=language,
        currency=origin.currency,
    )
    (folder / "engagement.toml").write_text(configuration, "utf-8", newline="\n")
    return folder


@cache
def _market(language: str, seed: int) -> tuple[Spec, Mapping[str, list[Row]]]:
    """Return the specification and the clean tables of the market of one language."""
    spec = _spec(ORIGINS[language], f"market {seed}/{language}")
    return spec, build(spec).now.rows


def _spec(origin: Origin, name: str) -> Spec:
    """Return the sample's specification without what the two diagnostics do not read."""
    spec = origin.spec
    market = replace(
        spec.market,
        count=CUSTOMERS,
        names=(),
        name_forms=tuple(form + more for more in ("", " 2") for form in origin.name_forms),
        name_stems=origin.name_stems,
        orders_per_year=origin.orders,
        people=(1, 4),
    )
    base = spec.waves[-1].base or 8.6
    wave = replace(spec.waves[-1], answers=ANSWERS, base=base, missing=6, scores=(), planned=())
    return replace(
        spec,
        id=name,
        market=market,
        waves=(wave,),
        register=replace(spec.register, count=200),
        churn=_churn(spec.churn, origin.losses),
        segmentation=None,
        answers=None,
        statements=None,
        earlier=None,
        coders=(),
    )


def _churn(churn: Churn, times: float) -> Churn:
    cells = {place: tuple(round(n * times) for n in lost) for place, lost in churn.cells.items()}
    return replace(churn, cells=cells, first_number=CUSTOMERS + 1, in_books=True)


def _draw(market: Mapping[str, list[Row]], name: str) -> dict[str, list[Row]]:
    """Return the tables of one client: a share of the customers with all their rows."""
    chance = stream(name, "customers")
    known = sorted(str(row["customer_id"]) for row in market["customers"])
    kept = {None, *chance.sample(known, k=round(chance.uniform(*SHARES) * len(known)))}
    drawn = {
        table: [row for row in market[table] if row.get("customer_id") in kept] for table in TABLES
    }
    drawn["sales"] = [
        row if row.get("recommended_by") in kept else row | {"recommended_by": None}
        for row in drawn["sales"]
    ]
    return drawn


def _layout(layout: Layout, workbook: bool) -> Layout:
    """Return the layout in a CSV file, or in the client's workbook."""
    if workbook and layout.table in IN_WORKBOOK:
        return replace(layout, file=BOOK, sheet=layout.table, title="")
    return replace(layout, file=f"{layout.table}.csv", sheet="", title="", iso_dates=True)


def make_broken(folder: Path, *, seed: int = SEED) -> dict[str, Path]:
    """Write six engagements, each broken in another way, and return the folder of each fault."""
    made: dict[str, Path] = {}
    for number, (fault, spoil) in enumerate(FAULTS.items(), start=FIRST_BROKEN):
        made[fault] = make_engagement(folder / f"broken-{fault}", number, seed=seed)
        spoil(made[fault])
    return made


def _torn_workbook(folder: Path) -> None:
    path = folder / "data" / BOOK
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _missing_column(folder: Path) -> None:
    lines = _survey(folder)
    place = _score_column(lines[0])
    _write_survey(folder, [line[:place] + line[place + 1 :] for line in lines])


def _score_of_11(folder: Path) -> None:
    lines = _survey(folder)
    lines[5][_score_column(lines[0])] = "11"
    _write_survey(folder, lines)


def _no_rows(folder: Path) -> None:
    _write_survey(folder, _survey(folder)[:1])


def _unknown_key(folder: Path) -> None:
    _configure(folder, 'colour = "blue"\n')


def _wrong_type(folder: Path) -> None:
    _configure(folder, '[params.loyalty]\npopulation = "many"\n')


FAULTS: dict[str, Callable[[Path], None]] = {
    "workbook": _torn_workbook,
    "column": _missing_column,
    "score": _score_of_11,
    "key": _unknown_key,
    "empty": _no_rows,
    "type": _wrong_type,
}
"""In the order of numbers, so in Russian, Slovak, English, and so again."""


def _survey(folder: Path) -> list[list[str]]:
    """Return the cells of a Slovak or English survey; the Russian ones are not in UTF-8."""
    with (folder / "data" / "survey.csv").open(encoding="utf-8", newline="") as file:
        delimiter = ";" if ";" in file.readline() else ","
        file.seek(0)
        return list(csv.reader(file, delimiter=delimiter))


def _write_survey(folder: Path, lines: list[list[str]]) -> None:
    with (folder / "data" / "survey.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(lines)


def _score_column(headings: list[str]) -> int:
    named = {words()[language]["survey"]["score"] for language in ORIGINS}
    return next(place for place, heading in enumerate(headings) if heading in named)


def _configure(folder: Path, more: str) -> None:
    with (folder / "engagement.toml").open("a", encoding="utf-8", newline="\n") as file:
        file.write(more)


def main() -> None:
    """Write engagements from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--broken", action="store_true", help="six broken ones besides")
    options = parser.parse_args()
    made = make_engagements(options.folder, options.count, seed=options.seed)
    broken = make_broken(options.folder, seed=options.seed) if options.broken else {}
    sys.stdout.write(f"{len(made)} engagements and {len(broken)} broken ones\n")


if __name__ == "__main__":
    main()
