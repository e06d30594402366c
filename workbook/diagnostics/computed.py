"""One diagnostic computed: what another that joins it takes, however it was come by."""

from dataclasses import dataclass
from typing import Any

from workbook.diagnostics.periods.changes import Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """One diagnostic of an engagement, computed."""

    name: str
    params: Any
    """Its options."""
    result: Any
    changed: Changes
    """What changed of it since the last period."""
