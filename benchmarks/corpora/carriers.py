"""Synthetic engagements whose cells, headings, notes and names are texts of a collection."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

Rows: TypeAlias = Iterable[Sequence[Any]]
AS_OF = date(2025, 12, 31)
GROUPS = 10
"""Products, segments, managers ... of one engagement: few enough for a chart to name them."""
ITEMS = 12
FIRMS = 3
BALANCE = {
    "non_current_assets": 40,
    "inventories": 20,
    "receivables": 30,
    "cash": 10,
    "current_assets": 60,
    "assets": 100,
    "equity": 50,
    "long_term_liabilities": 10,
    "payables": 40,
    "current_liabilities": 40,
    "equity_and_liabilities": 100,
    "revenue": 200,
    "cost_of_sales": -150,
    "gross_profit": 50,
    "profit_from_sales": 50,
    "profit_before_tax": 25,
    "income_tax": -5,
    "net_profit": 20,
}
"""A company in short."""
MARKDOWN = """\
# Heading

Words **strong** and *stressed*, `code`, [a link](https://example.com)\\
and a line below.

- one
- two

1. first
2. second

> A quotation.

| a | b |
|---|---|
| 1 | 2 |

---

    indented
"""
"""All that a consultant's notes may say in Markdown; it stands in the notes of every engagement."""
_LONGEST_NAME = 60
_NOT_IN_NAME = set('/\\:*?"<>|.\0')
DIAGNOSTICS = ("loyalty", "churn_reasons", "segmentation_matrix", "controllability")
"""Reports that have notes."""
LANGUAGES = ("en", "ru", "sk")


def write_engagement(folder: Path, texts: Sequence[str], number: int = 0) -> Path:
    """Write an engagement that carries every text in several places.

    Parameters
    ----------
    texts
        At least 100, so that there are enough people in every group.
    number
        Of the engagement: chooses its language.
    """
    carrier = _Carrier(texts)
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.toml").write_text(
        carrier.configuration(folder.name, LANGUAGES[number % 3]), "utf-8"
    )
    for name, rows in carrier.tables().items():
        with (folder / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    for name in filter(None, map(_file_name, texts[:GROUPS])):
        (folder / "data" / f"{name}.csv").write_text("x", "utf-8")
    _write_notes(folder / "notes", texts)
    (folder / "questionnaires").mkdir()
    asked = json.dumps(carrier.questionnaire(), ensure_ascii=False)
    (folder / "questionnaires" / "own.yaml").write_text(asked, "utf-8")
    return folder


def _write_notes(folder: Path, texts: Sequence[str]) -> None:
    """Write each text as a paragraph, a share of them per report, braces as notes have them."""
    folder.mkdir()
    for place, name in enumerate(DIAGNOSTICS):
        share = [t for t in texts[place :: len(DIAGNOSTICS)] if t.isprintable()]
        share = [t.replace("{", "{{").replace("}", "}}") for t in share]
        (folder / f"{name}.md").write_text("\n\n".join([MARKDOWN, *share]) + "\n", "utf-8")


def _file_name(text: str) -> str:
    """Return the text as far as it can be the name of a file."""
    kept = "".join(c for c in text if c not in _NOT_IN_NAME)[:_LONGEST_NAME].strip()
    return kept.encode("utf-8", "ignore")[:200].decode("utf-8", "ignore")


class _Carrier:
    """Spreads texts over tables: as single values, and as groups of many rows."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.ids = [f"{text} {n}" for n, text in enumerate(texts)]
        self.taken = count()

    def groups(self) -> list[str]:
        """Return the next few texts, each to be the value of many rows."""
        start = next(self.taken) * GROUPS
        return [self.texts[(start + n) % len(self.texts)] for n in range(GROUPS)]

    def named(self) -> list[str]:
        """Return groups that are never taken for a blank cell, and never for each other."""
        return [f"{text} {n}" for n, text in enumerate(self.groups())]

    def spread(self, *columns: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the number of each text, with the value that its row has in each column."""
        for n in range(len(self.texts)):
            yield n, tuple(column[n % len(column)] for column in columns)

    def configuration(self, name: str, language: str) -> str:
        """Return engagement.toml; client and brand are named by texts that a name can be."""
        fit = [t for t in self.texts if len(t) <= 200 and t.isprintable()] or ["Acme"]
        client, brand, author = (json.dumps(fit[n % len(fit)]) for n in range(3))
        return (
            f'schema_version = 1\nid = "{name}"\nclient = {client}\nlanguage = "{language}"\n'
            f'currency = "EUR"\nperiod = "2025"\nas_of = {AS_OF}\nanonymity_threshold = 2\n'
            f"[brand]\nname = {brand}\nauthor = {author}\n"
            '[intake]\njoin_ids = false\n[intake.lost_customers]\nsplit = "\u241f"\n'
        )

    def tables(self) -> dict[str, Rows]:
        """Return the rows of every table, headings first."""
        return {
            "customers": self._customers(),
            "sales": self._sales(),
            "survey": self._survey(),
            "satisfaction": self._satisfaction(),
            "touchpoints": self._touchpoints(),
            "complaints": self._complaints(),
            "lost_customers": self._lost_customers(),
            "offers": self._offers(),
            "answers": self._answers(),
            "statements": self._statements(),
        }

    def _customers(self) -> Rows:
        own = self.named()
        yield ["customer_id", "name", "segment", "region", "manager", *own]
        columns = (self.groups(), self.groups(), self.groups())
        for n, values in self.spread(*columns):
            yield [self.ids[n], self.texts[n], *values, *[self.texts[n]] * len(own)]

    def _sales(self) -> Rows:
        yield ["customer_id", "date", "amount", "product", "manager", "recommended_by"]
        for n, values in self.spread(self.groups(), self.groups()):
            friend = self.ids[n - 1] if n % 5 == 0 else ""
            for k in range(3):
                yield [self.ids[n], _day(n * 7 + k * 200), 10 + n * 3 + k, *values, friend]

    def _survey(self) -> Rows:
        headings = ["respondent_id", "date", "score", "customer_id", "reason", "improvement"]
        yield [*headings, "segment", "product", "manager", "channel", *self.named()[:3]]
        columns = [self.groups() for _ in range(4)]
        for n, values in self.spread(*columns):
            other = self.texts[-n]
            row = [f"R{n}", _day(n % 300), n * 7 % 11, self.ids[n], self.texts[n], other]
            yield [*row, *values, *[other] * 3]

    def _satisfaction(self) -> Rows:
        yield ["respondent_id", "date", "product", "parameter", "mark", "customer_id", "manager"]
        columns = (self.named(), self.named(), self.groups())
        for n, (product, parameter, manager) in self.spread(*columns):
            yield [f"R{n}", _day(n % 300), product, parameter, 1 + n % 5, self.ids[n], manager]

    def _touchpoints(self) -> Rows:
        yield ["category", "touchpoint", "mark", "rater", "comment"]
        for n, (category, point) in self.spread(self.named(), self.named()):
            yield [category, point, ("poor", "normal", "wow")[n % 3], f"R{n}", self.texts[n]]

    def _complaints(self) -> Rows:
        yield ["complaint_id", "customer_id", "date", "product", "category"]
        for n, values in self.spread(self.groups(), self.groups()):
            yield [f"{self.texts[n]} {n}", self.ids[n], _day(n % 300), *values]

    def _lost_customers(self) -> Rows:
        headings = ["customer_id", "lost_date", "reasons", "stated_reasons", "start_date"]
        yield [*headings, "manager", "region", "segment", "stage", "competitor", "offer_used"]
        columns = [self.groups() for _ in range(6)]
        for n, values in self.spread(*columns):
            start = _day(500 + n % 200)
            yield [self.ids[n], _day(n % 300), self.texts[n], self.texts[-n], start, *values]

    def _offers(self) -> Rows:
        yield [
            "customer_id",
            "product",
            "stage",
            "status",
            "date",
            "reason",
            "source",
            "competitor",
        ]
        columns = (self.named(), self.named(), self.groups(), self.groups())
        for n, (product, stage, source, competitor) in self.spread(*columns):
            status = ("won", "lost", "open")[n % 3]
            row = [self.ids[n], product, stage, status, _day(n % 300)]
            yield [*row, self.texts[n], source, competitor]

    def _answers(self) -> Rows:
        yield ["respondent", "item", "mark", "questionnaire", "role", "department", "evidence"]
        for n in range(8):
            for item in range(ITEMS):
                mark = ("+", "+/-", "-")[(n + item) % 3]
                role, text = self.texts[n], self.texts[n * ITEMS + item]
                yield [f"{role} {n}", f"1.{item + 1}", mark, "own", role, role, text]

    def _statements(self) -> Rows:
        yield ["organisation", "year", *BALANCE]
        for n in range(FIRMS):
            for year in (2024, 2025):
                firm = f"{self.texts[n]} {n}"
                yield [
                    firm,
                    year,
                    *(value * (100 + n) * (year - 2020) for value in BALANCE.values()),
                ]

    def questionnaire(self) -> dict[str, Any]:
        """Return a questionnaire of our own whose every sentence is a text."""
        fit = [t for t in self.texts if t.isprintable() and len(t) <= 300] or ["word"]
        sentence = map(fit.__getitem__, (n % len(fit) for n in count()))

        def worded() -> dict[str, str]:
            return {language: f"{next(sentence)} {language}" for language in LANGUAGES}

        names = ("wording", "guidance", "recommendation", "metric")
        items = [
            {"id": f"1.{n}", **{name: worded() for name in names}} for n in range(1, ITEMS + 1)
        ]
        return {
            "id": "own",
            "version": 1,
            **{name: worded() for name in ("title", "purpose", "source")},
            "marks": {mark: worded() for mark in ("+", "+/-", "-")},
            "sections": [{"id": "1", "title": worded(), "items": items}],
        }


def _day(before: int) -> str:
    return (AS_OF - timedelta(days=before)).isoformat()
