"""Appendix: the families of comparisons behind what the report names."""

from collections.abc import Sequence
from typing import TypeVar

from workbook.diagnostics.periods.changes import FAMILIES
from workbook.report.blocks import Block, Heading
from workbook.report.table import Table
from workbook.report.view import P, View
from workbook.stats.families import Family, HasFamilies

T = TypeVar("T", bound=HasFamilies)


def tested(view: View[T, P], more: Sequence[Family]) -> list[Block]:
    """Return the table of what was tested; nothing where nothing was.

    Parameters
    ----------
    more
        Families of the comparison with earlier periods.
    """
    families = (*view.result.families, *more)
    if not families:
        return []
    table = Table(
        name="tested",
        title=view.text("tested.title"),
        columns=view.columns(
            ("family", "tested.family", ""),
            ("procedure", "tested.procedure", ""),
            ("correction", "tested.correction", ""),
            ("comparisons", "tested.comparisons", "count"),
            ("passed", "tested.passed", "count"),
        ),
        rows=[
            {
                "family": _name(view, family),
                "procedure": view.text(f"tested.procedures.{family.procedure}"),
                "correction": view.text(f"tested.corrections.{family.correction}"),
                "comparisons": family.comparisons,
                "passed": family.passed,
            }
            for family in families
        ],
        note=view.text("tested.note", alpha=max(family.alpha for family in families)),
        texts=view.texts,
    )
    return [Heading(text=view.text("tested.heading"), level=3), table]


def _name(view: View[T, P], family: Family) -> str:
    kind = family.id.removeprefix(FAMILIES)
    if kind == family.id:
        return view.text(f"families.{kind}")
    return view.text("periods.family", figure=view.text(f"measures.{kind}", label=""))
