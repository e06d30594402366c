"""What a diagnostic's loader gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Resources for the computation, and sheets that the consultant may fill for the next run."""

    resources: Any
    sheets: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    """File name -> content, put among the internal files (``coding_loyalty.xlsx``)."""
