"""The consulting workbook: five diagnostics of a client's customers and finances as reports."""

import copyreg
from types import MappingProxyType
from typing import Any

__version__ = "0.1.0"


def _read_only(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(content)


# read-only mappings go from process to process like any other value
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))
