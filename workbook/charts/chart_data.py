"""The numbers of a chart, for programs that draw it themselves (Excel, PowerPoint).

The picture stays the exhibit of the page; these are the same numbers, so that a native chart can
be changed by those who receive it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Kind = Literal["bar", "stacked_bar", "column", "line", "points"]
"""``bar`` is horizontal, ``points`` are estimates with their intervals."""


def known(values: Iterable[float | None]) -> tuple[float | None, ...]:
    """Return numbers as plain ones, None for each that is not known.

    >>> known([1, None, float("nan")])
    (1.0, None, None)
    """
    return tuple(None if v is None or v != v else float(v) for v in values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One series: a value per category, None where nothing is known."""

    name: str
    values: tuple[float | None, ...]
    colour: str = ""
    """Of the whole series, ``#rrggbb``; empty: the brand's primary colour."""
    colours: tuple[str, ...] = ()
    """Of each value, where they differ."""
    low: tuple[float | None, ...] = ()
    """Lower ends of the intervals; empty without intervals."""
    high: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartData:
    """What a chart shows.

    Examples
    --------
    >>> nps = Series(name="NPS", values=(12.0, None))
    >>> ChartData(kind="bar", categories=("North", "South"), series=(nps,), fmt="points").fmt
    'points'
    """

    kind: Kind
    categories: tuple[str, ...]
    """First one on top or at the left."""
    series: tuple[Series, ...]
    fmt: str = ""
    """Name of the number format of the values, as of a table's column."""

    def __post_init__(self) -> None:
        for series in self.series:
            for values in (series.values, series.colours, series.low, series.high):
                if values and len(values) != len(self.categories):
                    raise ValueError(f"series {series.name!r} has not one value per category")

    def named(self, title: str) -> "ChartData":
        """Return the data with a series that has no name called by the title of its chart.

        >>> data = ChartData(kind="bar", categories=("a",), series=(Series(name="", values=(1,)),))
        >>> data.named("Lost customers").series[0].name
        'Lost customers'
        """
        series = tuple(replace(one, name=one.name or title) for one in self.series)
        return replace(self, series=series)

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON."""
        return asdict(self)

    @classmethod
    def of_json(cls, content: Mapping[str, Any]) -> "ChartData":
        """Return the record that :meth:`as_json` was given.

        >>> one = Series(name="n", values=(1.0, None), low=(0.5, None), high=(2.0, None))
        >>> data = ChartData(kind="points", categories=("a", "b"), series=(one,))
        >>> ChartData.of_json(data.as_json()) == data
        True
        """
        parts = [{k: _tuple(v) for k, v in one.items()} for one in content["series"]]
        return cls(
            kind=content["kind"],
            categories=tuple(content["categories"]),
            series=tuple(Series(**part) for part in parts),
            fmt=content.get("fmt", ""),
        )


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
