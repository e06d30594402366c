"""The ratios: which there are, what they are made of, and which way is better."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from workbook.diagnostics.financial_quartiles.formula import Expression, names, parse
from workbook.diagnostics.financial_quartiles.sources.ratios_check import read_ratios
from workbook.errors import InputError, Problem
from workbook.language.package_data import read_once

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


def load_ratios(
    shipped: Path,
    *,
    lines: frozenset[str],
    own: Path | None = None,
    folder: Path | None = None,
) -> RatioSet:
    """Return the shipped ratios and those of the engagement's own file.

    Parameters
    ----------
    shipped
        ratios.yaml that comes with the program.
    lines
        Names of lines that formulas may read.
    own
        The engagement's own file: further ratios; one of a known id takes its place.
    folder
        The engagement folder that ``own`` must lie in; None: the user named the file.

    Raises
    ------
    InputError
        With every problem of both files at once.
    """
    trees, problems = read_all(shipped, lines=lines, own=own, folder=folder)
    if problems:
        raise InputError(problems)
    groups: dict[str, Words] = {}
    ratios: dict[str, Ratio] = {}
    for tree in trees:
        groups |= {name: dict(label) for name, label in tree.get("groups", {}).items()}
        ratios |= {facts["id"]: _ratio(facts) for facts in tree.get("ratios", ())}
    return RatioSet(groups=groups, ratios=tuple(ratios.values()))


def read_all(
    shipped: Path, *, lines: frozenset[str], own: Path | None, folder: Path | None = None
) -> tuple[list[dict[str, Any]], tuple[Problem, ...]]:
    """Return the trees of the files that there are, and all their problems."""
    first, problems = _read(shipped, lines=lines, groups=frozenset())
    if own is None:
        return [first], problems
    groups = frozenset(first.get("groups", {}))
    second, more = _read(own, lines=lines, groups=groups, folder=folder)
    return [first, second], (*problems, *more)


_read = read_once(read_ratios)


def _ratio(facts: Mapping[str, Any]) -> Ratio:
    return Ratio(
        id=facts["id"],
        group=facts["group"],
        higher=facts["direction"] == "higher",
        formula=" ".join(str(facts["formula"]).split()),
        tree=parse(str(facts["formula"])),
        label=dict(facts["label"]),
        meaning=dict(facts.get("meaning", {})),
    )
