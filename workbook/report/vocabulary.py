"""The second wall: HTML of a notebook is cut down to the vocabulary of blocks.

Blocks escape all text themselves.  What a notebook shows besides (a frame of pandas, a
consultant's own HTML) passes through here as well: elements and attributes outside the
vocabulary go, their text stays, scripts and styles go whole.  An element whose content cannot
stay as text (a video, an inline drawing) is an error that names the cell.
"""

import re

import nh3

from workbook.errors import RunError

TAGS = frozenset(
    {"section", "header", "h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "dt", "dd", "div"}
    | {"aside", "blockquote", "figure", "figcaption", "table", "caption", "thead", "tbody"}
    | {"tr", "th", "td", "strong", "em", "br", "img"}
)
_ATTRIBUTES = {
    "*": {"class", "role", "tabindex", "aria-label"},
    "th": {"scope", "colspan"},
    "h1": {"data-short"},
    "h2": {"data-short"},
    "h3": {"data-short"},
    "img": {"src", "alt"},
    "p": {"data-report"},
    "dt": {"data-term", "data-find"},
}
_FIXED = {
    "role": frozenset({"region", "note"}),
    "tabindex": frozenset({"0"}),
    "scope": frozenset({"row", "col", "rowgroup"}),
    "colspan": frozenset(map(str, range(2, 13))),
}
_CLASS = re.compile(r"(?:wb-[a-z0-9-]+|num)\Z")
_IMAGE = re.compile(r"data:image/(?:png|jpeg|svg\+xml);base64,[A-Za-z0-9+/=\s]+\Z")
_SISTER = re.compile(r"[a-z][a-z_]*\Z")
"""A line may lead to a report in the same folder, and nowhere else."""
_TERM = re.compile(r"[a-z][a-z_]*\Z")
_LOST = re.compile(r"<\s*(svg|video|audio|canvas|iframe|object|embed|math|input|form)\b", re.I)
_SAME = {"b": "strong", "i": "em"}
_SAME_TAG = re.compile(r"<(/?)(b|i)(?=[\s>])", re.I)


def clean_html(html: str, *, cell: int) -> str:
    """Return ``html`` within the vocabulary.

    Raises
    ------
    RunError
        When the cell shows something that a report cannot carry even as text.
    """
    lost = _LOST.search(html)
    if lost:
        raise RunError(
            f"cell {cell}: a report cannot carry <{lost[1].lower()}>; "
            "show a Chart, a Table or a text block instead"
        )
    same = _SAME_TAG.sub(lambda m: f"<{m[1]}{_SAME[m[2].lower()]}", html)
    return nh3.clean(
        same,
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"data"},
        link_rel=None,
        strip_comments=True,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(c for c in value.split() if _CLASS.match(c)) or None
    if name == "src":
        return value if _IMAGE.match(value) else None
    if name == "data-report":
        return value if _SISTER.match(value) else None
    if name == "data-term":
        return value if _TERM.match(value) else None
    if name in _FIXED:
        return value if value in _FIXED[name] else None
    return value
