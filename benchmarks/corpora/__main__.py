"""Count what becomes of the texts and tables of public collections.

    python -m benchmarks.corpora PATH... [--keep FOLDER] [--texts] [--tables]

A path is a file or a folder.  Exit code 1 when a text came through as more than text, a report
could not be made, or the reader crashed or hung.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpora import reports, tables
from benchmarks.corpora.browser import chromium
from benchmarks.corpora.texts import SUFFIXES, files_of, texts_of

MOST_TOLD = 20
_HARMLESS = frozenset({"pages"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Try everything below the paths and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="*")
    parser.add_argument("--keep", type=Path, help="folder for the reports, which stay there")
    parser.add_argument("--texts", action="store_true", help="texts only")
    parser.add_argument("--tables", action="store_true", help="tables only")
    options = parser.parse_args(arguments)
    if not any(files_of(options.paths, (*SUFFIXES, *tables.TEXT, *tables.BOOKS))):
        sys.stdout.write('nothing to try: give files, make test-corpora PATHS="..."\n')
        return 0
    faults: list[str] = []
    if not options.tables:
        faults += _texts(options.paths, options.keep)
    if not options.texts:
        faults += _tables(options.paths)
    sys.stdout.writelines(f"  {fault}\n" for fault in faults[:MOST_TOLD])
    return bool(faults)


def _texts(paths: Sequence[Path], keep: Path | None) -> Iterator[str]:
    """Make reports of the texts; print their counts and yield what came through."""
    texts = texts_of(paths)
    with tempfile.TemporaryDirectory() as home:
        tally = reports.try_texts(texts, home=keep or Path(home))
    files = ", ".join(f"{n} {suffix[1:]}" for suffix, n in sorted(tally.files.items()))
    browser = ", ".join(f"{n} {kind}" for kind, n in sorted(tally.browser.items()))
    _tell("texts tried", tally.texts)
    _tell("  refused with a message", len(tally.refused))
    _tell("  seen as text", tally.shown)
    _tell("reports made", tally.reports - len(tally.failed))
    _tell("  not made", len(tally.failed))
    _tell("files looked at", files or "none")
    _tell("in Chromium", browser or ("nothing" if chromium() else "not installed"))
    _tell("survivors", len(tally.survivors))
    yield from tally.failed
    yield from tally.survivors
    yield from (f"{n} {kind}" for kind, n in tally.browser.items() if kind not in _HARMLESS)


def _tables(paths: Sequence[Path]) -> Iterator[str]:
    """Read the tables; print their counts and yield crashes and hangs."""
    tally = tables.read_all(files_of(paths, (*tables.TEXT[:2], *tables.BOOKS)))
    _tell("workbooks and CSV files tried", tally.files)
    _tell("  readings", tally.readings)
    _tell("  that gave a table", tally.read)
    _tell("crashes", len(tally.crashed))
    _tell("hangs", len(tally.hung))
    _tell("problems without a fact", sum(tally.unworded.values()))
    _tell("slowest file, seconds", f"{tally.slowest[0]:.1f} {tally.slowest[1]!r}")
    yield from (f"{name}: {why}" for name, why in tally.crashed.items())
    yield from (f"{name}: no end in {tables.SECONDS:.0f} s" for name in tally.hung)
    yield from tally.unworded


def _tell(what: str, value: object) -> None:
    sys.stdout.write(f"{what:32}{value}\n")


if __name__ == "__main__":
    sys.exit(main())
