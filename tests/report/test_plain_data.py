"""A result becomes plain data with the names of the contract."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

import pytest

from workbook.report.plain_data import plain_data


class Verdict(StrEnum):
    UP = "up"


@dataclass(frozen=True)
class Row:
    by: str
    value: float | None


@dataclass(frozen=True)
class Found:
    KEYED: ClassVar[Mapping[str, str]] = {"weighted": "by"}
    weighted: tuple[Row, ...]
    rows: tuple[Row, ...]
    verdict: Verdict
    day: date


def test_records_enums_and_dates_become_plain() -> None:
    found = Found(weighted=(), rows=(Row("a", None),), verdict=Verdict.UP, day=date(2025, 1, 3))
    assert plain_data(found) == {
        "weighted": {},
        "rows": [{"by": "a", "value": None}],
        "verdict": "up",
        "day": "2025-01-03",
    }


def test_keyed_records_are_kept_by_their_key() -> None:
    rows = (Row("customer", 1.0), Row("revenue", -2.0))
    found = Found(weighted=rows, rows=(), verdict=Verdict.UP, day=date(2025, 1, 3))
    assert plain_data(found)["weighted"] == {
        "customer": {"value": 1.0},
        "revenue": {"value": -2.0},
    }


@dataclass(frozen=True)
class Classed:
    class_: str
    other_class: str


def test_a_word_of_python_loses_its_underscore() -> None:
    assert plain_data(Classed("A", "B")) == {"class": "A", "other_class": "B"}


def test_a_fraction_is_a_number() -> None:
    assert plain_data(Fraction(1, 4)) == 0.25


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="a result holds"):
        plain_data([value])
