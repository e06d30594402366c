"""What the client gets as one ZIP file; the same reports give the same bytes."""

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from workbook.batch.covering_text import covering_text
from workbook.batch.index_page import client_files, client_index
from workbook.batch.merged_pdf import Bound, merged
from workbook.batch.pack_names import INDEX, packed_names, safe_name, with_links
from workbook.batch.packable import Packable
from workbook.engagement.manifest import Manifest
from workbook.engagement.settings import Brand
from workbook.language.catalog import load_texts

_WHOLE = "all_reports.pdf"
_DAYS = date(1980, 1, 1), date(2107, 12, 31)
"""What a ZIP file can say of a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack that is ready to be written."""

    archive: bytes
    """ZIP: the page of links, every report, all of them as one PDF."""
    letter: str
    """What to write to the client; not in the archive."""


def make_pack(given: Packable, brand: Brand, *, titled: bool) -> Pack:
    """Return the pack; nothing is written.

    Parameters
    ----------
    titled
        Whether files are called after the titles of the reports, in the client's language.
    """
    manifest = given.manifest
    names = packed_names(manifest, titled=titled)
    whole = _whole_name(manifest) if titled else _WHOLE
    page = client_index(manifest, brand, names=names, whole=whole)
    files = {
        INDEX: page.encode("utf-8"),
        whole: _whole(given, brand),
        **{names[file]: _linked(file, content, names) for file, content in given.files.items()},
    }
    day = min(max(date.fromisoformat(manifest.as_of), _DAYS[0]), _DAYS[1])
    return Pack(archive=_zipped(files, day), letter=covering_text(manifest))


def _whole_name(manifest: Manifest) -> str:
    return safe_name(load_texts("pack", manifest.language)("pack.whole")) + ".pdf"


def _whole(given: Packable, brand: Brand) -> bytes:
    manifest = given.manifest
    reports: Iterable[Bound] = (
        Bound(title=entry.title, pdf=given.files[client_files(entry)["pdf"]])
        for entry in manifest.to_read.values()
    )
    texts = load_texts("index", manifest.language)
    return merged(
        tuple(reports),
        title=texts("index.for", client=manifest.client, period=manifest.period),
        author=brand.author or brand.name,
        language=manifest.language,
        day=date.fromisoformat(manifest.as_of),
    )


def _linked(file: str, content: bytes, names: Mapping[str, str]) -> bytes:
    """Return the file with its links to the others as these are called now."""
    if not file.endswith(".html"):
        return content
    return with_links(content.decode("utf-8"), names).encode("utf-8")


def _zipped(files: Mapping[str, bytes], day: date) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system = 3  # the same on Windows, with the rights of a plain file
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED, compresslevel=9)
    return made.getvalue()
