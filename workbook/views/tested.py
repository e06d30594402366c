"""Appendix: the families of comparisons behind what the report names."""

from typing import Any

from workbook.blocks import Block, Heading
from workbook.table import Table
from workbook.views.parts import table_columns
from workbook.views.view import View


def tested(view: View[Any, Any]) -> list[Block]:
    """Return the table of what was tested; nothing where nothing was."""
    families = view.result.families
    if not families:
        return []
    table = Table(
        name="tested",
        title=view.say("tested.title"),
        columns=table_columns(
            view,
            ("family", "tested.family", ""),
            ("procedure", "tested.procedure", ""),
            ("correction", "tested.correction", ""),
            ("comparisons", "tested.comparisons", "count"),
            ("passed", "tested.passed", "count"),
        ),
        rows=[
            {
                "family": view.say(f"families.{family.id}"),
                "procedure": view.say(f"tested.procedures.{family.procedure}"),
                "correction": view.say(f"tested.corrections.{family.correction}"),
                "comparisons": family.comparisons,
                "passed": family.passed,
            }
            for family in families
        ],
        note=view.say("tested.note", alpha=max(family.alpha for family in families)),
        texts=view.texts,
    )
    return [Heading(text=view.say("tested.heading"), level=3), table]
