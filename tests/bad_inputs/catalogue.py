"""The catalogue of bad inputs: which cases there are, and which tests show what becomes of them.

``python -m tests.bad_inputs.catalogue`` prints the count of each section.

A test names its cases by ``@pytest.mark.bad_input("D1", "E3")``.  The marks are read from the
sources, so that the count is the same however the tests are run.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

if __package__:
    from .not_applicable import NOT_APPLICABLE
else:
    from not_applicable import NOT_APPLICABLE

TESTS = Path(__file__).resolve().parents[1]
MARK = "bad_input"
SECTIONS = {
    "A": ("container and kind of file", 16),
    "B": ("CSV text and encodings", 16),
    "C": ("what a spreadsheet means", 17),
    "D": ("what the data mean", 12),
    "E": ("markup in a report", 13),
    "F": ("what is written for other programs", 7),
    "G": ("names and paths", 7),
    "H": ("configuration", 10),
    "J": ("confidentiality", 14),
}
"""Letter -> what the section is about, and how many cases it has."""


def cases(section: str) -> list[str]:
    """Return the cases of a section.

    >>> cases("F")
    ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7']
    """
    return [f"{section}{number}" for number in range(1, SECTIONS[section][1] + 1)]


def every_case() -> list[str]:
    """Return the cases of all sections."""
    return [case for section in SECTIONS for case in cases(section)]


def marked(folder: Path = TESTS) -> Mapping[str, list[str]]:
    """Return the tests of each case as ``file::test``."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted(folder.rglob("test_*.py")):
        text = file.read_text("utf-8")
        if MARK in text:
            for case, name in _marks(ast.parse(text)):
                found[case].append(f"{file.relative_to(folder).as_posix()}::{name}")
    return found


def _marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the cases of a file, each with the name of its test."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for one in node.decorator_list:
                if isinstance(one, ast.Call) and ast.unparse(one.func) == f"pytest.mark.{MARK}":
                    yield from ((str(ast.literal_eval(arg)), node.name) for arg in one.args)


def table() -> list[str]:
    """Return a line for each section: cases, tests, cases that do not concern us."""
    tests = marked()
    lines = [f"{'section':45}{'cases':>6}{'shown':>6}{'tests':>6}{'not applicable':>16}"]
    for section, (about, count) in SECTIONS.items():
        named = cases(section)
        shown = sum(case in tests for case in named)
        names = {name for case in named for name in tests.get(case, ())}
        excused = sum(case in NOT_APPLICABLE for case in named)
        lines.append(f"{section}  {about:42}{count:>6}{shown:>6}{len(names):>6}{excused:>16}")
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(table()) + "\n")
