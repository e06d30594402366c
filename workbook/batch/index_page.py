"""The client's page: the answer, the key figures and the reports in the order to read them."""

from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import jinja2

from workbook.engagement.manifest import Entry, Manifest
from workbook.engagement.settings import Brand
from workbook.language import package_data
from workbook.language.catalog import load_texts
from workbook.language.typography import typeset
from workbook.report.meta import ReportMeta
from workbook.report.page_fonts import page_faces

CLIENT = "client/"
"""Folder of what may be sent, as the manifest writes it."""
_KINDS = {
    "html": "page", "pdf": "print", "xlsx": "tables", "pptx": "slides", "docx": "word",
}  # fmt: skip
_BRAND = Brand()
_SAME_NAMES: Mapping[str, str] = MappingProxyType({})


def client_index(
    manifest: Manifest,
    brand: Brand = _BRAND,
    *,
    names: Mapping[str, str] = _SAME_NAMES,
    whole: str = "",
) -> str:
    """Return the page that the client gets: what was found, and links to the reports only.

    Parameters
    ----------
    names
        By what a file is called in the client's folder, what it is called beside this page;
        what is not named has kept its name.
    whole
        Name of the PDF of all reports; empty without one.
    """
    reports = [_report(name, entry, names) for name, entry in manifest.to_read.items()]
    language = manifest.language
    page = partial(
        render,
        "client.html.j2",
        language=language,
        texts=load_texts("index", language),
        meta=(meta := _meta(manifest, brand)),
        reports=[report for report in reports if report["links"]],
        whole=quote(whole),
    )
    letters = page(fonts=())
    return page(fonts=page_faces(meta, letters))


def _meta(manifest: Manifest, brand: Brand) -> ReportMeta:
    return ReportMeta(
        title="",
        client=manifest.client,
        language=manifest.language,
        period=manifest.period,
        as_of=date.fromisoformat(manifest.as_of),
        draft=manifest.status == "draft",
        brand=brand,
    )


def _report(name: str, entry: Entry, names: Mapping[str, str]) -> dict[str, Any]:
    files = {fmt: names.get(file, file) for fmt, file in client_files(entry).items()}
    shown = [(kind, files[fmt]) for fmt, kind in _KINDS.items() if fmt in files]
    return {
        "name": name,
        "title": entry.title,
        "answer": entry.answer,
        "figures": entry.figures,
        "links": [{"kind": kind, "href": quote(file)} for kind, file in shown],
    }


def client_files(entry: Entry) -> dict[str, str]:
    """Return what a report left in the client's folder: by format, the name in it."""
    return {
        made.format: made.file.removeprefix(CLIENT)
        for made in entry.made
        if made.file.startswith(CLIENT)
    }


def render(template: str, **values: Any) -> str:
    """Return a page of ``templates/report/index/``; every value is escaped."""
    return _environment().get_template(template).render(style=_style(), **values)


@cache
def _environment() -> jinja2.Environment:
    folder = package_data.templates() / "report" / "index"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["typeset"] = typeset
    return environment


@cache
def _style() -> str:
    return (package_data.templates() / "report" / "index" / "style.css").read_text("utf-8")
