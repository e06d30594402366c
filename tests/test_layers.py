"""Imports run one way: which part of the package may import which.

ARCHITECTURE.md shows the same table; a part that is not in it has no place.
"""

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "workbook"
ROOT_NAMES = 12

PARTS = {
    "errors": ("the exception tree; Problem: code, location, what was found", ()),
    "stats": ("intervals, tests, survival, agreement, tables of results: knows no customers", ()),
    "language": (
        "words, numbers and lemmas by language; spellings; our own data files",
        ("errors",),
    ),
    "engagement.settings": ("what engagement.toml says", ()),
    "intake": (
        "the only reader of client files",
        ("errors", "language", "engagement.settings"),
    ),
    "diagnostics.frame": (
        "what all diagnostics are given and what they claim",
        ("errors", "stats", "language"),
    ),
    "report": (
        "blocks, tables, notebook to HTML, PDF, XLSX and JSON",
        ("errors", "stats", "language", "engagement.settings", "intake", "diagnostics.frame"),
    ),
    "charts": ("the house style and the kinds of charts", ("language", "report")),
    "diagnostics": (
        "the list of diagnostics and what the program knows of each",
        ("errors", "stats", "engagement.settings", "intake", "diagnostics.frame", "report"),
    ),
    "diagnostics.*": ("arithmetic", ("errors", "stats", "language", "diagnostics.frame")),
    "diagnostics.*.sources": (
        "reads what is neither table nor option",
        (
            "errors",
            "stats",
            "language",
            "engagement.settings",
            "intake",
            "diagnostics.frame",
            "diagnostics",
        ),
    ),
    "diagnostics.*.report": (
        "result to blocks: words and draws",
        ("stats", "language", "engagement.settings", "diagnostics.frame", "report", "charts"),
    ),
    "diagnostics.*.diagnostic": ("", ("stats", "diagnostics", "diagnostics.frame", "report")),
    "forms": (
        "questionnaires as XLSX, written and read back",
        (
            "errors",
            "language",
            "engagement.settings",
            "intake",
            "diagnostics.frame",
            "diagnostics.*",
            "diagnostics.*.sources",
        ),
    ),
    "engagement": (
        "an engagement read whole; fingerprint, manifest, output paths",
        (
            "errors",
            "language",
            "engagement.settings",
            "intake",
            "diagnostics",
            "diagnostics.frame",
            "forms",
            "report",
        ),
    ),
    "notebook": (
        "what notebooks call",
        (
            "errors",
            "language",
            "engagement",
            "engagement.settings",
            "diagnostics",
            "diagnostics.frame",
            "report",
            "charts",
            "intake",
        ),
    ),
    "batch": (
        "",
        (
            "errors",
            "language",
            "engagement",
            "engagement.settings",
            "intake",
            "report",
            "diagnostics",
            "charts",
            "notebook",
        ),
    ),
    "commands": (
        "",
        (
            "errors",
            "language",
            "engagement",
            "engagement.settings",
            "intake",
            "batch",
            "diagnostics",
            "diagnostics.*",
            "diagnostics.*.reference_base",
            "forms",
            "report",
        ),
    ),
}
FRAME = (
    "inputs",
    "cells",
    "claims",
    "gates",
    "key_figure",
    "mark_scale",
    "plans",
    "target_cells",
    "told_figures",
)


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(module):
    names = module.split(".")
    if names[0] == "engagement" and names[1:2] == ["settings"]:
        return "engagement.settings"
    if names[0] == "diagnostics":
        if len(names) == 1 or names[1] in ("diagnostic",):
            return "diagnostics"
        if names[1] in FRAME:
            return "diagnostics.frame"
        sub = names[2] if len(names) > 2 else ""
        if sub in ("sources", "report", "diagnostic", "reference_base"):
            return f"diagnostics.*.{sub}"
        return "diagnostics.*"
    return names[0]


def slice_of(module):
    names = module.split(".")
    return (
        names[1]
        if names[0] == "diagnostics" and part_of(module).startswith("diagnostics.*")
        else ""
    )


def imports(path):
    known = {dotted(p) for p in modules()}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("workbook."):
            for alias in node.names:
                base = node.module.removeprefix("workbook.")
                full = f"{base}.{alias.name}"
                yield full if full in known else base


def main():
    found = set()
    for path in modules():
        here = dotted(path)
        if not here or here == "__main__":
            continue
        part = part_of(here)
        for there in imports(path):
            to = part_of(there)
            a, b = slice_of(here), slice_of(there)
            if a and b and a != b:
                found.add(f"SIDE {here} -> {there}")
            if to == part:
                continue
            if part.startswith("diagnostics.*.") and to == "diagnostics.*" and part != "x":
                continue
            if part == "diagnostics.*.diagnostic" and a == b:
                continue
            if to not in PARTS.get(part, ("", ()))[1]:
                found.add(f"{here} -> {there}")
    print("\n".join(sorted(found)))
    print(len(found))


if __name__ == "__main__":
    main()
