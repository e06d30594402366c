"""The list of diagnostics shows options as a consultant writes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from workbook.commands.list_diagnostics import lines, options, preset_lines
from workbook.intake.recipe.presets import shipped_presets

from .conftest import diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """One option of each kind."""

    scale: Literal["0-10", "1-10"] = "0-10"
    population: int | None = None
    share: float = 0.1
    strict: bool = False
    bounds: tuple[int, ...] = (50, 80)
    name: str = "x"
    weights: Mapping[str, float] = field(default_factory=dict)


def test_options_are_shown_with_kind_and_default():
    assert options(Options) == [
        'scale: "0-10" | "1-10" = "0-10"',
        "population: whole number (not set)",
        "share: number = 0.1",
        "strict: true | false = false",
        "bounds: [whole number] = [50, 80]",
        'name: text = "x"',
        "weights: {name = number} = {}",
    ]


def test_tables_are_told_apart_by_need():
    shown = list(lines([diagnostic("loyalty")]))
    assert shown[:4] == [
        "loyalty",
        "  needs at least one of: survey",
        "  reads also: customers",
        "  options ([params.loyalty]):",
    ]


def test_presets_are_listed_with_their_tables():
    shown = list(preset_lines(shipped_presets()))
    assert any(line.startswith("  google_forms: survey, satisfaction: ") for line in shown)
    assert len(shown) == len(shipped_presets()) + 1
