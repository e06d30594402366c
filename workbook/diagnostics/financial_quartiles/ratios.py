"""The ratios: which there are, what they are made of, and which way is better."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from workbook.diagnostics.financial_quartiles.formula import Expression, names

Words = Mapping[str, str]
"""Text by language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """One ratio."""

    id: str
    group: str
    higher: bool
    """Whether higher is better."""
    formula: str
    tree: Expression
    label: Words
    meaning: Words

    @property
    def direction(self) -> str:
        """``higher`` or ``lower``."""
        return "higher" if self.higher else "lower"

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that it reads."""
        return names(self.tree)


@dataclass(frozen=True, kw_only=True)
class RatioSet:
    """Checked ratios in the order of the file, own ones last."""

    groups: Mapping[str, Words]
    """Label by language of every group, in order."""
    ratios: tuple[Ratio, ...]

    def get(self, ratio: str) -> Ratio | None:
        """Return the ratio with this id."""
        return self._by_id.get(ratio)

    def of_group(self, group: str) -> tuple[Ratio, ...]:
        """Return the ratios of a group."""
        return tuple(ratio for ratio in self.ratios if ratio.group == group)

    @cached_property
    def _by_id(self) -> dict[str, Ratio]:
        return {ratio.id: ratio for ratio in self.ratios}
