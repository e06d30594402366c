"""Names and paths that lead somewhere else, or that no two systems read alike."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from workbook.batch.index_page import client_index
from workbook.batch.overview import consultant_index
from workbook.engagement.manifest import Entry, Made, Manifest

ODD = ("a b", "#1", "100%", "a?b", "Отчёты", "a&b", "'q'", "%2e%2e", "a+b", "é", "{id}", "$HOME")
FORMATS = {"client": ("html", "pdf", "xlsx"), "results": ("json",)}


def manifest(name: str) -> Manifest:
    """Return the manifest of a report whose files are called ``name``."""
    made = tuple(
        Made(file=f"{folder}/{name}.{fmt}", format=fmt, bytes=1, sha256="")
        for folder, formats in FORMATS.items()
        for fmt in formats
    )
    entry = Entry(
        fingerprint="",
        title=name,
        formats=("html",),
        rows={},
        warnings=(),
        figures=(),
        made=made,
        seconds={},
        engine="",
    )
    return Manifest(
        version="1",
        engagement=name,
        client=name,
        period=name,
        as_of="2025-12-31",
        language="en",
        status="final",
        sources="",
        complete=True,
        inputs=(),
        seconds={},
        packages={},
        diagnostics={name: entry},
        current=(name,),
    )


def written(out: Path, name: str) -> Path:
    """Write a report as a run leaves it and return the folder of its period."""
    root = out / name / name
    for made in manifest(name).diagnostics[name].made:
        (root / made.file).parent.mkdir(parents=True, exist_ok=True)
        (root / made.file).write_text("x", "utf-8")
    (root / "manifest.json").write_bytes(manifest(name).to_bytes())
    return root


def targets(page: str, at: Path) -> list[Path]:
    """Return the files to which a browser goes from a page at ``at``."""
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', page)]
    parts = [urlsplit(urljoin(at.as_uri(), link)) for link in links]
    assert all(p.scheme == "file" and not p.query and not p.fragment for p in parts)
    return [Path(unquote(part.path)) for part in parts]


@pytest.mark.bad_input("G7")
@pytest.mark.parametrize("name", ODD)
def test_links_of_the_overview_lead_to_files_whatever_the_names(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    written(out, name)
    found = targets(consultant_index(out), out / "index.html")
    assert len(found) == 4
    assert all(file.is_file() for file in found)


@pytest.mark.bad_input("G7", "J11")
@pytest.mark.parametrize("name", ODD)
def test_links_of_the_clients_page_stay_in_its_folder(name: str, tmp_path: Path) -> None:
    folder = written(tmp_path, name) / "client"
    found = targets(client_index(manifest(name)), folder / "index.html")
    assert [file.name for file in found] == [f"{name}.{fmt}" for fmt in FORMATS["client"]]
    assert all(file.is_file() and file.parent == folder for file in found)
