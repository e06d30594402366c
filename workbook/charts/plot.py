"""What a chart is before it is drawn: numbers and words of one kind of chart."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from workbook.charts.chart_data import ChartData


class Plot(ABC):
    """One chart of a kind: how high it is at a width, how it is drawn, and its numbers.

    The same plot is drawn wide for a page and narrow for a phone.
    """

    __slots__ = ()

    @abstractmethod
    def height(self, width: float) -> float:
        """Return the inches that it needs at a width in inches."""

    @abstractmethod
    def draw(self, figure: Figure) -> None:
        """Draw on an empty figure of that width and height."""

    @property
    def data(self) -> ChartData | None:
        """The numbers, where Excel and PowerPoint have charts of the kind.

        A series without a name is what the chart's title says.
        """
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Freehand(Plot):
    """A chart that is drawn by a function of its own, the same at any width."""

    plot: Callable[[Figure], None]
    tall: float
    """Inches."""

    def height(self, width: float) -> float:
        return self.tall

    def draw(self, figure: Figure) -> None:
        self.plot(figure)
