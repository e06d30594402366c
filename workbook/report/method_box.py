"""The method box of the appendix: how each number came about, and which options were changed."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from workbook.report.blocks import Block, Definitions, Heading
from workbook.report.view import P, R, View


def method_box(view: View[R, P], topics: Sequence[str], **values: object) -> list[Block]:
    """Return the box.

    Parameters
    ----------
    topics
        Keys under ``method_box`` of the report's texts, in reading order.
    values
        Thresholds that the explanations name.
    """
    items = [
        (view.text(f"method_box.{k}.name"), view.text(f"method_box.{k}.text", **values))
        for k in topics
    ]
    items.append((view.text("method_box.options.name"), _options(view)))
    return [
        Heading(text=view.text("method_box.heading"), level=3),
        Definitions(items=tuple(items)),
    ]


def _options(view: View[R, P]) -> str:
    default: Any = type(view.params)()
    changed = [
        f"{f.name} = {getattr(view.params, f.name)}"
        for f in fields(default)
        if getattr(view.params, f.name) != getattr(default, f.name)
    ]
    return "; ".join(changed) or view.text("method_box.options.none")
