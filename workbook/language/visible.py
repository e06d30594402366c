r"""Text as a terminal may get it: characters that steer it or hide something become visible.

A file name can hold an escape sequence that renames the window, or a character that turns the
reading order of what follows.  Each is written as JSON writes it, so that JSON stays JSON:
``\u001b``, ``\u202e``.  Bytes of names that are not UTF-8 are written the same way (``\udcff``).
"""

import re

_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but for tab and line end
    "\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # direction, no width
    "\ud800-\udfff\ufffe\uffff"  # no characters
    "\U000e0000-\U000e007f"  # tags
    "]"
)
_NO_TEXT = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    r"""Return the text with everything unseen written out.

    >>> visible("a\x1b[31m\u202eb")
    'a\\u001b[31m\\u202eb'
    """
    return _UNSEEN.sub(_written, text)


def is_text(name: str) -> bool:
    """Return whether a name of the file system is text: some are bytes of no encoding."""
    return not _NO_TEXT.search(name)


def as_text(name: str) -> str:
    r"""Return a name as text that can be stored: bytes that are none become ``\udcff``."""
    return _NO_TEXT.sub(_written, name)


def _written(found: "re.Match[str]") -> str:
    code = ord(found[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
