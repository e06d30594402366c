"""The architecture as data: the parts of the package and which of them each may import.

``python -m tests.layers`` writes the table of ARCHITECTURE.md anew.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "workbook"
BEGIN, END = "<!-- parts: begin -->", "<!-- parts: end -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the package."""

    name: str
    """Dotted; ``*`` stands for the name of a diagnostic."""
    purpose: str
    may: tuple[str, ...] = ()
    """Parts it may import, beside itself."""


LOW = ("errors", "language")
FRAME = (*LOW, "stats", "diagnostics")
PARTS = (
    Part(name="errors", purpose="the exception tree; `Problem`: code, location, what was found"),
    Part(
        name="stats",
        purpose="intervals, tests, families, survival, agreement, disclosure; the table type of "
        "results: arithmetic that several diagnostics share",
    ),
    Part(
        name="language",
        purpose="one data file per language; texts, plural forms, numbers, lemmas, spellings, "
        "characters; where the files of the package are",
        may=("errors",),
    ),
    Part(
        name="engagement.settings",
        purpose="what `engagement.toml` and the firm's files say, as plain records",
        may=("errors",),
    ),
    Part(
        name="intake",
        purpose="the only reader of client files: `files/` opened and unpacked, `cells/` judged by "
        "their column, `rows/` that are data, `recipe/` as asked, `guess/` for proposals, tables "
        "checked, problems worded as codes",
        may=(*LOW, "engagement.settings"),
    ),
    Part(
        name="diagnostics",
        purpose="what all diagnostics are given and what they claim: inputs, claims and their "
        "gates, the scale of marks, plans",
        may=(*LOW, "stats"),
    ),
    Part(name="report.blocks", purpose="what a report is made of; every block escapes its text"),
    Part(
        name="charts",
        purpose="the house style and the kinds of charts",
        may=("language", "report.blocks"),
    ),
    Part(
        name="report",
        purpose="views, tables and findings in words; notebook to HTML, PDF, XLSX and JSON",
        may=(*FRAME, "engagement.settings", "intake", "report.blocks", "charts"),
    ),
    Part(
        name="diagnostics.diagnostic",
        purpose="what the program knows of a diagnostic; `NAMES` in `diagnostics/__init__.py`",
        may=(*FRAME, "engagement.settings", "intake", "report"),
    ),
    Part(
        name="diagnostics.*",
        purpose="options, result and arithmetic of one diagnostic: tables in, a frozen result out",
        may=FRAME,
    ),
    Part(
        name="diagnostics.*.sources",
        purpose="what it reads beside its tables, and what only it sees in them "
        "(`reference_base/` too)",
        may=(
            *FRAME, "engagement.settings", "intake", "report.blocks", "diagnostics.diagnostic",
            "diagnostics.*",
        ),
    ),
    Part(
        name="diagnostics.*.report",
        purpose="its result as blocks: words and draws, decides nothing",
        may=(
            "language", "stats", "diagnostics", "engagement.settings", "report", "report.blocks",
            "charts", "diagnostics.*", "diagnostics.diagnostic",
        ),
    ),
    Part(
        name="diagnostics.*.diagnostic",
        purpose="`OUTLINE`: its tables and options; `DIAGNOSTIC`: that with result, sources and "
        "report",
        may=(
            "diagnostics.diagnostic", "diagnostics.*", "diagnostics.*.sources",
            "diagnostics.*.report", "report",
        ),
    ),
    Part(
        name="forms",
        purpose="questionnaires and the intake workbook as XLSX: written, and read back",
        may=(
            *FRAME, "engagement.settings", "intake", "report", "diagnostics.*",
            "diagnostics.*.sources",
        ),
    ),
    Part(
        name="engagement",
        purpose="an engagement read whole, and what a new one begins with; its fingerprint, "
        "manifest and output paths",
        may=(*FRAME, "engagement.settings", "intake", "diagnostics.diagnostic", "forms", "report"),
    ),
    Part(
        name="notebook",
        purpose="what the notebooks call",
        may=(
            *FRAME, "engagement", "engagement.settings", "intake", "diagnostics.diagnostic",
            "report", "report.blocks", "charts",
        ),
    ),
    Part(
        name="batch",
        purpose="many engagements: one queue, forked processes, the notebook engine, delivery",
        may=(
            *LOW, "engagement", "engagement.settings", "intake", "diagnostics.diagnostic",
            "report", "charts", "notebook",
        ),
    ),
    Part(
        name="commands",
        purpose="what the command line says and does, one module per command",
        may=(
            *FRAME, "engagement", "engagement.settings", "intake", "diagnostics.diagnostic",
            "diagnostics.*", "diagnostics.*.sources", "forms", "report", "batch",
        ),
    ),
)  # fmt: skip
BY_NAME = {part.name: part for part in PARTS}
_SLICE_PARTS = {"report", "sources", "diagnostic"}


def modules() -> dict[str, Path]:
    """Return the modules of the package by dotted name, without ``workbook``."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        names = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(names[:-1] if names[-1] == "__init__" else names)] = path
    return found


def slices() -> tuple[str, ...]:
    """Return the folders of the diagnostics."""
    return tuple(sorted(p.parent.name for p in PACKAGE.glob("diagnostics/*/diagnostic.py")))


def part_of(module: str) -> str:
    """Return the part that a module belongs to.

    >>> part_of("diagnostics.loyalty.nps"), part_of("diagnostics.loyalty.report.waves")
    ('diagnostics.*', 'diagnostics.*.report')
    """
    names = module.split(".")
    if names[0] == "diagnostics" and slice_of(module):
        inner = names[2] if len(names) > 2 else ""
        inner = {"reference_base": "sources", "outline": "diagnostic"}.get(inner, inner)
        return f"diagnostics.*.{inner}" if inner in _SLICE_PARTS else "diagnostics.*"
    names_of_all = ("diagnostic", "compared", "outline")
    if module in ("diagnostics", *(f"diagnostics.{name}" for name in names_of_all)):
        return "diagnostics.diagnostic"
    if module in ("report.blocks", "report.json_bundle"):
        return "report.blocks"
    if module == "engagement.settings":
        return module
    return names[0]


def slice_of(module: str) -> str:
    """Return the diagnostic whose folder a module is in; empty of all others."""
    names = module.split(".")
    return names[1] if names[0] == "diagnostics" and names[1:2] and names[1] in slices() else ""


def named(node: ast.ImportFrom, known: dict[str, Path]) -> Iterator[str]:
    """Yield the modules of the package that a ``from … import`` names."""
    if (node.module or "").split(".")[0] != "workbook":
        return
    base = (node.module or "").removeprefix("workbook").removeprefix(".")
    for alias in node.names:
        full = f"{base}.{alias.name}" if base else alias.name
        yield full if full in known else base


def imports(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """Yield the modules of the package that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from named(node, known)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("workbook."):
                    yield alias.name.removeprefix("workbook.")


def violations() -> list[str]:
    """Return the imports that the table does not allow."""
    known = modules()
    found = set()
    for here, path in known.items():
        if here in ("", "__main__"):
            continue
        part, own = part_of(here), slice_of(here)
        for there in imports(path, known):
            if not there:
                continue
            to, other = part_of(there), slice_of(there)
            if own and other and own != other:
                found.add(f"{here} -> {there} (another diagnostic)")
            elif to != part and to not in BY_NAME[part].may:
                found.add(f"{here} -> {there}")
    return sorted(found)


def table() -> str:
    """Return the parts as a table of Markdown."""
    lines = ["| part of `workbook/` | what it does | may import |", "|---|---|---|"]
    for part in PARTS:
        name = part.name.replace(".", "/").replace("*", "<name>")
        may = ", ".join(p.replace(".", "/").replace("*", "<name>") for p in part.may) or "—"
        lines.append(f"| `{name}` | {part.purpose} | {may} |")
    return "\n".join(lines)


def main() -> None:
    """Write the table into ARCHITECTURE.md."""
    path = ROOT / "ARCHITECTURE.md"
    text = path.read_text("utf-8")
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    path.write_text(f"{text[:start]}\n{table()}\n{text[end:]}", "utf-8")


if __name__ == "__main__":
    main()
