"""What a consultant may tune in the financial diagnostic ([params.financial_quartiles])."""

import re
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticKnownError

from workbook.diagnostics.financial_quartiles.industries import is_industry

Band: TypeAlias = Literal["rounded", "strict"]
Unit: TypeAlias = Literal[1, 1000, 1_000_000]
Liabilities: TypeAlias = Literal["gross", "net_1530"]
AtLeastOne: TypeAlias = Annotated[int, Field(ge=1)]
# Each check stands at the option whose key a consultant would look at, also where another one,
# further up, was changed: so defaults are checked too.
_EVEN_IF_NOT_SET = Field(validate_default=True)


def _refuse(expected: str) -> PydanticKnownError:
    """Return the refusal of a value; what would be right is told in signs of every language."""
    return PydanticKnownError("literal_error", {"expected": expected})


def _industry(code: str) -> str:
    if code and not is_industry(code):
        raise _refuse("A … U, 01 … 99.99.99")
    return code


def _country(code: str) -> str:
    if code and not re.fullmatch(r"[A-Z]{2}", code):
        raise _refuse("AA … ZZ")
    return code


def _rising(bounds: tuple[int, ...]) -> tuple[int, ...]:
    rises = all(low < high for low, high in pairwise((0, *bounds)))
    if bounds and (len(bounds) != 3 or not rises):
        raise _refuse("[a, b, c] (0 < a < b < c)")
    return bounds


def _with_rate(text: str, info: ValidationInfo) -> str:
    if info.data.get("base_rate") and not text:
        raise PydanticKnownError("missing")
    return text


def _above_same(much: float, info: ValidationInfo) -> float:
    same = info.data.get("same_within")  # not there where it is itself out of range
    if same is not None and much <= same:
        raise PydanticKnownError("greater_than", {"gt": same})
    return much


OfRate: TypeAlias = Annotated[str, AfterValidator(_with_rate), _EVEN_IF_NOT_SET]


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Params:
    """Options of the financial diagnostic with their defaults and where these come from."""

    band: Band = "rounded"
    """``rounded``: a mean is "about the same" when its two printed digits say at most 0.11, as the
    source prints it (1/9 is 0.11); ``strict``: when the mean itself is at most 0.11."""
    min_peers: AtLeastOne = 30
    """Fewest companies of an industry before a wider one is taken (the method)."""
    okved: Annotated[str, AfterValidator(_industry)] = ""
    """Industry of every organisation; empty: what ``statements`` says of each."""
    size_bounds: Annotated[tuple[int, ...], AfterValidator(_rising)] = ()
    """Highest yearly revenue of micro, small and medium companies, in the engagement's currency;
    empty: those of the reference base, in the same currency or by ``base_rate``."""
    base_rate: Annotated[float, Field(ge=0)] = 0.0
    """Units of the reference base's currency per unit of the engagement's, to find the size group
    by the base's bounds; 0: not given."""
    base_rate_date: OfRate = ""
    """The day of the rate, as the report names it; needed with ``base_rate``."""
    base_rate_source: OfRate = ""
    """Who published the rate; needed with ``base_rate``."""
    country: Annotated[str, AfterValidator(_country)] = ""
    """Country of the organisations (ISO 3166, two letters); empty: not told, then another currency
    than the base's is taken for perhaps another country."""
    unit: Unit = 1000
    """What one unit of the statements is worth (statutory forms: thousands)."""
    current_liabilities: Liabilities = "gross"
    """``gross``, or ``net_1530``: deferred income is taken off short-term liabilities in every
    ratio over them.  A blank line 1530 is nil."""
    min_ratios: AtLeastOne = 6
    """Fewer scored ratios give no verdict (the method)."""
    tolerance: Annotated[int, Field(ge=0)] = 4000
    """What the two sides of an articulation check may differ by, in the engagement's currency
    (4 thousand, the method); never less than four units of the last digit that is given."""
    times_from: Annotated[float, Field(gt=1)] = 1.5
    """From so many times on a growth is told as "in 1.56 times": the source tells 49.72 % in per
    cent and 1.56 in times."""
    median_zone: Annotated[float, Field(ge=0, lt=1)] = 0.05
    """Part of the way from the median to a quartile that still scores 0 (the source)."""
    same_within: Annotated[float, Field(gt=0)] = 0.11
    """Largest mean score, and change of it, that is "about the same" (the source)."""
    much_from: Annotated[float, AfterValidator(_above_same), _EVEN_IF_NOT_SET] = 1.0
    """Beyond this mean score, or change of it, it is "significantly" (the source)."""
    whole_group: AtLeastOne = 3
    """A group of so many ratios without any score gives no verdict (the method)."""
    material_change: Annotated[float, Field(gt=0)] = 0.10
    """Share of last year's amount from which a change of a line is told as a finding; smaller ones
    stand in the growth table."""

    @property
    def same(self) -> Fraction:
        """:attr:`same_within` as it is written."""
        return Fraction(repr(float(self.same_within)))

    @property
    def much(self) -> Fraction:
        """:attr:`much_from` as it is written."""
        return Fraction(repr(float(self.much_from)))

    @property
    def zone(self) -> Fraction:
        """:attr:`median_zone` as it is written."""
        return Fraction(repr(float(self.median_zone)))
