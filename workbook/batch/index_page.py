"""The index pages: the client's, beside the reports that may be sent, and the consultant's."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2

from workbook.batch.failures import INPUT, RUN, read_failures
from workbook.engagement import manifest as manifests
from workbook.engagement.manifest import Entry, Manifest
from workbook.language import package_data
from workbook.language.catalog import load_texts

_KINDS = {"html": "page", "pdf": "print", "xlsx": "tables"}


def client_index(manifest: Manifest, names: Iterable[str]) -> str:
    """Return the page that the client gets: links to the reports ``names``, nothing else."""
    reports = [
        {"title": entry.title, "links": _client_links(entry)}
        for name, entry in manifest.diagnostics.items()
        if name in names
    ]
    return _render(
        "client.html.j2",
        language=manifest.language,
        texts=load_texts("index", manifest.language),
        client=manifest.client,
        period=manifest.period,
        as_of=date.fromisoformat(manifest.as_of),
        draft=manifest.status == "draft",
        reports=[report for report in reports if report["links"]],
    )


def _client_links(entry: Entry) -> list[dict[str, str]]:
    files = {made.format: made.file for made in entry.made if made.file.startswith("client/")}
    return [
        {"kind": kind, "href": quote(files[fmt].removeprefix("client/"))}
        for fmt, kind in _KINDS.items()
        if fmt in files
    ]


def consultant_index(out: Path) -> str:
    """Return the overview of every engagement that has output under ``out``."""
    roots = {p.parent for p in out.glob("*/*/manifest.json")}
    roots |= {p.parent.parent for p in out.glob("*/*/internal/failed.json")}
    listed = [_engagement(out, root) for root in sorted(roots)]
    return _render("consultant.html.j2", language="en", engagements=listed)


def _engagement(out: Path, root: Path) -> dict[str, Any]:
    manifest = manifests.read(root / "manifest.json")
    failures = dict(read_failures(root / "internal" / "failed.json"))
    base = root.relative_to(out).as_posix()
    entries = manifest.diagnostics if manifest else {}
    reports = [_report(base, name, e, failures.pop(name, "")) for name, e in entries.items()]
    reason = " ".join(filter(None, (failures.pop(name, "") for name in (RUN, INPUT))))
    reports += [_failed(name, text) for name, text in sorted(failures.items())]
    index = root / "client" / "index.html"
    return {
        "client": manifest.client if manifest else root.parent.name,
        "id": root.parent.name,
        "period": root.name,
        "as_of": manifest.as_of if manifest else "–",
        "status": manifest.status if manifest else "failed",
        "index": quote(f"{base}/client/index.html") if index.is_file() else "",
        "reason": reason,
        "reports": reports,
    }


def _report(base: str, name: str, entry: Entry, failure: str) -> dict[str, Any]:
    shown = [made for made in entry.made if made.format != "internal"]
    return {
        "title": entry.title or name,
        "figures": entry.figures,
        "links": [{"kind": m.format, "href": quote(f"{base}/{m.file}")} for m in shown],
        "state": "failed" if failure else "made",
        "reason": f"The files are of the last good run. {failure}" if failure else "",
    }


def _failed(name: str, reason: str) -> dict[str, Any]:
    return {"title": name, "figures": (), "links": [], "state": "failed", "reason": reason}


def _render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(style=_style(), **values)


@cache
def _environment() -> jinja2.Environment:
    folder = package_data.templates() / "report" / "index"
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )


@cache
def _style() -> str:
    return (package_data.templates() / "report" / "index" / "style.css").read_text("utf-8")
