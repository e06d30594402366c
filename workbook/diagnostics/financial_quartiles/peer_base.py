"""The reference base that statements are scored by: an immutable lookup of quartiles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, Self

from workbook.diagnostics.financial_quartiles.industries import path_of
from workbook.diagnostics.financial_quartiles.sizes import (
    ALL_SIZES,
    COUNTRY,
    CURRENCY,
    SIZE_BOUNDS,
    size_of,
)

_Key = tuple[int, str, str, str, str]


class Row(NamedTuple):
    """One row of a base's file."""

    year: int
    level: str
    code: str
    size: str
    ratio: str
    n: int
    n_valid: int
    q1: float
    median: float
    q3: float
    decimals: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quartiles:
    """Quartiles of one ratio in one group of companies."""

    year: int
    level: str
    """How the group is cut: ``all``, ``section`` or the number of OKVED digits, ``2`` to ``6``."""
    code: str
    """OKVED code, letter of a section, or empty for all."""
    size: str
    """``micro``, ``small``, ``medium``, ``large`` or ``all``."""
    ratio: str
    n: int
    """Companies of the group."""
    n_valid: int
    """Companies of the group whose ratio is defined."""
    q1: float
    median: float
    q3: float
    decimals: tuple[int, int, int] | None = None
    """Decimal places that q1, median and q3 were published with, each rounded by up to half of
    the last one; None when the quartiles are exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """How many ratios of their own kind a year's ratios are worth, for they go together."""

    year: int
    value: float
    """(sum of the eigenvalues)² / sum of their squares, of the ratios' rank correlations: the
    number of ratios when none goes with another, 1 when all do."""
    ratios: int
    """Ratios counted: those that most companies of the year have."""
    n: int
    """Companies that have all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Quartiles of ratios by year, industry and size.  Made by :meth:`of`."""

    hash: str
    """SHA-256 of what it was made from."""
    built: date | None
    source: str
    """Where the figures come from, as the report names it."""
    synthetic: bool
    """True: the companies are invented (the sample base)."""
    size_bounds: tuple[float, ...] = SIZE_BOUNDS
    """Highest revenue of micro, small and medium companies, in ``currency``; empty: not told."""
    currency: str = CURRENCY
    """Currency of the bounds (ISO 4217); empty when a typed base does not tell."""
    country: str = COUNTRY
    """Country of the companies (ISO 3166, two letters); empty when a typed base does not tell."""
    effective: tuple[Effective, ...] = ()
    """By year; empty where the base was not built from statements."""
    years: tuple[int, ...]
    ratios: tuple[str, ...]
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """What else its file says of itself."""
    _rows: Mapping[_Key, Row] = field(repr=False)

    @classmethod
    def of(
        cls,
        rows: Iterable[Row],
        *,
        hash: str,  # noqa: A002 - the name of the result file
        source: str,
        built: date | None = None,
        synthetic: bool = False,
        size_bounds: tuple[float, ...] = SIZE_BOUNDS,
        currency: str = CURRENCY,
        country: str = COUNTRY,
        effective: Iterable[Effective] = (),
        facts: Mapping[str, object] = MappingProxyType({}),
    ) -> Self:
        """Return a base of these rows."""
        index: dict[_Key, Row] = {row[:5]: row for row in rows}
        return cls(
            hash=hash,
            built=built,
            source=source,
            synthetic=synthetic,
            size_bounds=size_bounds,
            currency=currency,
            country=country,
            effective=tuple(effective),
            years=tuple(sorted({key[0] for key in index})),
            ratios=tuple(sorted({key[4] for key in index})),
            facts=MappingProxyType(dict(facts)),
            _rows=MappingProxyType(index),
        )

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self) -> Iterable[Row]:
        """Return every row in the order of the file."""
        return self._rows.values()

    def quartiles(
        self, *, year: int, okved: str, size: str = ALL_SIZES, ratio: str, min_peers: int = 30
    ) -> Quartiles | None:
        """Return the quartiles of the narrowest industry with enough companies.

        Parameters
        ----------
        year
            Year of the statement; no other year stands in for it.
        okved
            Code of two to six digits, letter of a section, or empty: all companies.
        size
            Size group; see :meth:`size_of`.
        ratio
            Id of the ratio.
        min_peers
            Fewest companies with a defined ratio.  With fewer the next wider industry is taken:
            6, 5, 4, 3, 2 digits, section, all; :attr:`Quartiles.level` says which it was.

        Returns
        -------
        Quartiles or None
            None when no group has enough companies in that year.

        Raises
        ------
        ValueError
            When ``okved`` is no code of the classifier.
        """
        for group in path_of(okved):
            row = self._rows.get((year, group.level, group.code, size, ratio))
            if row is not None and row.n_valid >= min_peers:
                return Quartiles(**row._asdict())
        return None

    def size_of(self, revenue: float | None) -> str:
        """Return the size group by this base's own bounds; revenue in its currency."""
        return size_of(revenue, self.size_bounds) if self.size_bounds else ALL_SIZES
