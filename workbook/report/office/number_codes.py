"""Number formats of native charts: the words of the page as codes of the office programs."""

import math
import re
from collections.abc import Callable

Write = Callable[[float, str], str]
"""Writes a value in a named number format, as the page does."""
_PLAIN = {
    "count": "#,##0",
    "dec1": "#,##0.0",
    "dec2": "#,##0.00",
    "dec3": "0.000",
    "size1": "0.0",
    "p": "0.000",
    "money_full": "#,##0",
    "pct": "0",
    "pct1": "0.0",
    "points": "0.0",
    "signed2": "0.00",
}
_SIGNED = frozenset({"points", "signed2"})
_FIGURES = re.compile(r"[\d.,\u00a0\u202f ]*\d")
_COMPACT_FROM = 10_000
"""Money below it is written whole."""


def number_code(fmt: str, write: Write, largest: float) -> str:
    """Return the code of a named format for a chart whose values reach ``largest``.

    Examples
    --------
    >>> from workbook.language.catalog import load_texts
    >>> number_code("pct", load_texts("report", "en").write, 0.4)
    '0%;"−"0%;0%'
    >>> number_code("money", load_texts("report", "en", "GBP").write, 2_300_000)
    '"£"#,##0.0,,"M";"−""£"#,##0.0,,"M";"£"0"M"'
    """
    if fmt == "money":
        figures, zero, before, after = _money(write, largest)
    elif fmt == "money_full":
        before, after = _around(write(1.0, fmt))
        figures = zero = _PLAIN[fmt]
    elif fmt in ("pct", "pct1"):
        figures = zero = _PLAIN[fmt]
        before, after = "", _percent(write(0.5, fmt))
    else:
        figures, before, after = _PLAIN.get(fmt, "General"), "", ""
        zero = figures
    if figures == "General":
        return figures
    plus = _quoted("+") if fmt in _SIGNED else ""
    return (
        f"{plus}{before}{figures}{after};{_quoted('−')}{before}{figures}{after};"
        f"{before}{zero}{after}"
    )


def _money(write: Write, largest: float) -> tuple[str, str, str, str]:
    size = abs(largest)
    before, after = _around(write(size, "money"))
    if size < _COMPACT_FROM:
        return "#,##0", "#,##0", before, after
    thousands = int(math.log10(size)) // 3
    lead = size / 1000**thousands
    return (
        ("#,##0" if lead >= 100 else "#,##0.0") + "," * thousands,
        "0",
        before,
        after,
    )


def _around(written: str) -> tuple[str, str]:
    """Return what stands before and after the figures, as the code has it."""
    found = _FIGURES.search(written)
    if not found:
        return "", ""
    return _quoted(written[: found.start()]), _quoted(written[found.end() :])


def _percent(written: str) -> str:
    _, after = _around(written)
    sign = after.strip('"')
    return f"{_quoted(sign[:-1])}%"


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""
