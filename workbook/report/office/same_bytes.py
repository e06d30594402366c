"""An office file as the same bytes for the same content: fixed order, fixed dates, no thumbnail.

What the libraries write bears the time of the day; a chart carries a workbook with its own.
"""

import io
import re
import zipfile
from datetime import datetime

_STAMP = (1980, 1, 1, 0, 0, 0)
_TIME = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)")
_CORE = "docProps/core.xml"
_FIRST = "[Content_Types].xml"
"""Programs that guess a file's kind look at its first part."""


def settled(package: bytes, created: datetime) -> bytes:
    """Return the same package with everything in it dated by ``created``."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in sorted(parts, key=lambda n: (n != _FIRST, n)):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            content = _dated(name, parts[name], created)
            target.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)
    return made.getvalue()


def _dated(name: str, content: bytes, created: datetime) -> bytes:
    if name == _CORE:
        stamp = created.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return _TIME.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
    if name.endswith(".xlsx"):
        return settled(content, created)
    return content
