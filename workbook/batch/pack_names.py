"""Names of the files in a pack: as in the client's folder, or by the titles of the reports."""

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote, unquote

from workbook.batch.index_page import client_files
from workbook.engagement.manifest import Manifest

INDEX = "index.html"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
"""What Windows refuses in a name; controls and characters without width go as well."""
_LONGEST = 180
"""Bytes of a name without its ending: a file system takes 255, a path on Windows 260 in all."""
_HREF = re.compile(r'(<a\s(?:[^>]*?\s)?href=")([^"#?]+)(#[^"]*)?')


def packed_names(manifest: Manifest, *, titled: bool) -> Mapping[str, str]:
    """Return by name in the client's folder the name in the pack.

    Parameters
    ----------
    titled
        Whether files are called after the titles of their reports, numbered as they are read.
    """
    names: dict[str, str] = {}
    for number, (name, entry) in enumerate(manifest.to_read.items(), start=1):
        for fmt, file in client_files(entry).items():
            title = safe_name(entry.title) or name
            names[file] = f"{number}. {title}.{fmt}" if titled else file
    return names


def safe_name(title: str) -> str:
    """Return a title as a name that every file system takes.

    >>> safe_name('Why customers leave: 2024/2025?')
    'Why customers leave 2024 2025'
    """
    plain = unicodedata.normalize("NFC", _FORBIDDEN.sub(" ", title))
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in plain)
    short = " ".join(seen.split()).encode("utf-8")[:_LONGEST].decode("utf-8", "ignore")
    return short.strip(" .")


def with_links(page: str, names: Mapping[str, str]) -> str:
    """Return a page whose links to files of the pack lead to their new names.

    A link to a report by way of the index leads straight to it: a pack is complete.

    >>> with_links('<a href="loyalty.pdf">', {"loyalty.pdf": "1. Loyalty.pdf"})
    '<a href="1.%20Loyalty.pdf">'
    >>> with_links('<a href="index.html#loyalty">', {"loyalty.html": "1. Loyalty.html"})
    '<a href="1.%20Loyalty.html">'
    """

    def renamed(link: "re.Match[str]") -> str:
        file, place = unquote(link[2]), link[3] or ""
        report = f"{place[1:]}.html"
        if file == INDEX and report in names:
            return link[1] + quote(names[report])
        return link[1] + (quote(names[file]) if file in names else link[2]) + place

    return _HREF.sub(renamed, page)
