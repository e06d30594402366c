"""The what-if pages that engagement.toml asks for."""

from dataclasses import dataclass

from workbook.diagnostics.what_if.discount_scale import DiscountScale
from workbook.diagnostics.what_if.leaving_manager import ManagerLeaves
from workbook.diagnostics.what_if.mended_reason import MendedReason


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfPages:
    """What was asked for, and what is told of it: None where the data do not reach."""

    asked: tuple[str, ...] = ()
    """``reason``, ``discount``, ``manager``, as far as they were asked for."""
    reason: MendedReason | None = None
    discount: DiscountScale | None = None
    manager: ManagerLeaves | None = None
