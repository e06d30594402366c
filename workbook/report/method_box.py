"""The method box of the appendix: how each number came about."""

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
    return [
        Heading(text=view.text("method_box.heading"), level=3),
        Definitions(items=tuple(items)),
    ]


def changed_options(params: Any) -> list[str]:
    """Return the options that an engagement has otherwise, as its file writes them.

    For the consultant: the explanations of the box name the values that were used in words.

    Examples
    --------
    >>> from workbook.diagnostics.loyalty.params import Params
    >>> changed_options(Params(min_n=20))
    ['min_n = 20']
    """
    usual: Any = type(params)()
    named = [(f.name, getattr(params, f.name)) for f in fields(usual)]
    return [f"{name} = {value}" for name, value in named if value != getattr(usual, name)]
