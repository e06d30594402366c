"""What the number format of a cell tells that its value does not: zeros, per cent, a currency.

Imports next to nothing: it belongs to the process that opens workbooks.
"""

import re
from collections.abc import Iterable

ZEROS, PERCENT_SIGN, CURRENCY = "0%¤"
"""Leading zeros (with their number), a percentage, a currency (with its sign as written)."""
_BUILT_IN_PERCENT = frozenset({"9", "10"})
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_SYMBOL = re.compile(r"\[\$([^\]-]+)(?:-[^\]]*)?\]")
_BARE_SIGNS = "$€£¥₽₴₸₺₹₾"

Style = tuple[str, object]


def format_tells(code: str) -> Style | None:
    """Return what a number format tells, None where it tells nothing.

    Examples
    --------
    >>> format_tells("00000"), format_tells("0.0%"), format_tells('#,##0.00 [$€-407]')
    (('0', 5), ('%', None), ('¤', '€'))
    >>> format_tells('#,##0" руб."'), format_tells('0.0"%"'), format_tells("[$-419]dd.mm.yyyy")
    (('¤', 'руб.'), None, None)
    """
    if re.fullmatch("0{2,15}", code):
        return ZEROS, len(code)
    first = code.split(";", 1)[0]
    symbol = _SYMBOL.search(first)
    if symbol:
        return CURRENCY, symbol[1].strip()
    bare = re.sub(r"\[[^\]]*\]", "", _LITERAL.sub("", first))
    if "%" in bare:
        return PERCENT_SIGN, None
    sign = next((sign for sign in bare if sign in _BARE_SIGNS), "")
    words = sign or "".join("".join(found) for found in _LITERAL.findall(first)).strip()
    return (CURRENCY, words) if words.strip(" %-()") else None


def cell_styles(elements: Iterable[tuple[str, dict[str, str]]]) -> dict[int, Style]:
    """Return what the styles of cells tell, by their index.

    Parameters
    ----------
    elements
        Local names and attributes of the elements of ``xl/styles.xml``, in their order.
    """
    formats: dict[str, Style] = dict.fromkeys(_BUILT_IN_PERCENT, (PERCENT_SIGN, None))
    styles: dict[int, Style] = {}
    inside, position = False, 0
    for tag, attributes in elements:
        if tag == "numFmt" and "numFmtId" in attributes:
            told = format_tells(attributes.get("formatCode", ""))
            if told:
                formats[attributes["numFmtId"]] = told
        elif tag in ("cellXfs", "cellStyles", "cellStyleXfs"):
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            if attributes.get("numFmtId") in formats:
                styles[position] = formats[attributes["numFmtId"]]
            position += 1
    return styles
