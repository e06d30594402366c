"""Imports run one way, and the package keeps its shape: the architecture as a test."""

import ast
from graphlib import TopologicalSorter

import pytest

from tests.layers import (
    BEGIN,
    BY_NAME,
    END,
    PACKAGE,
    PARTS,
    ROOT,
    modules,
    named,
    part_of,
    slices,
    table,
    violations,
)
from workbook.diagnostics import NAMES

SAID_BY_NOTHING = {"shared", "parts", "common", "utils", "helpers", "core", "misc", "resources"}
PLAIN = (0, 1, 2, 100)
"""Numbers that a view may compare with: none, one, a pair, a whole in per cent."""
REPORT_MODULES = sorted(PACKAGE.glob("diagnostics/*/report/*.py"))
ARITHMETIC = sorted(name for name in modules() if part_of(name) == "diagnostics.*")
READERS = {"yaml", "openpyxl", "duckdb", "python_calamine", "xlsxwriter", "tomllib", "os"}


def test_every_import_is_allowed():
    assert violations() == []


def test_parts_may_import_each_other_one_way_only():
    graph = {part.name: set(part.may) for part in PARTS}
    order = list(TopologicalSorter(graph).static_order())
    assert set(order) == set(graph)


def test_no_modules_import_each_other_in_a_circle():
    """Imports for types alone are none: they are not there when the program runs."""
    known = modules()
    graph = {name: set(at_run_time(path, known)) - {name, ""} for name, path in known.items()}
    assert list(TopologicalSorter(graph).static_order())


def at_run_time(path, known):
    """Yield what a module imports while it runs, also within functions."""
    tree = ast.parse(path.read_text("utf-8"))
    typing = [
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    ]
    for_types = {ast.unparse(node) for node in typing if isinstance(node, ast.ImportFrom)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and ast.unparse(node) not in for_types:
            yield from named(node, known)


def test_every_module_has_a_part():
    assert {part_of(name) for name in modules() if name not in ("", "__main__")} <= set(BY_NAME)


def test_the_table_of_the_architecture_is_this_one():
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    assert text[text.index(BEGIN) + len(BEGIN) : text.index(END)].strip() == table()


def test_the_root_has_at_most_twelve_names():
    names = {p.stem for p in PACKAGE.iterdir() if not p.name.startswith(("_", "."))}
    assert len(names) <= 12, sorted(names)


def test_every_folder_of_a_diagnostic_is_in_the_list():
    assert sorted(NAMES) == list(slices())


@pytest.mark.parametrize("name", sorted(set(modules()) - {""}))
def test_a_module_is_named_by_its_concept(name):
    assert not SAID_BY_NOTHING & set(name.split("."))


@pytest.mark.parametrize("path", REPORT_MODULES, ids=lambda p: f"{p.parts[-3]}-{p.stem}")
def test_a_view_compares_with_no_number_of_its_own(path):
    """A view that compares with a threshold decides; the diagnostic does that."""
    tree = ast.parse(path.read_text("utf-8"))
    own = {name for name, value in constants(tree) if value not in PLAIN}
    found = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        if any(is_threshold(inner, own) for inner in ast.walk(side))
    ]
    assert found == []


def constants(tree):
    """Yield the numbers that a module names."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and is_number(node.value):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                yield target.id, node.value.value


def is_number(node):
    kind = getattr(node, "value", None)
    return isinstance(node, ast.Constant) and isinstance(kind, int | float) and kind is not True


def is_threshold(node, own):
    if isinstance(node, ast.Name):
        return node.id in own
    return is_number(node) and not isinstance(node.value, bool) and node.value not in PLAIN


@pytest.mark.parametrize("name", ARITHMETIC)
def test_arithmetic_opens_no_file(name):
    tree = ast.parse(modules()[name].read_text("utf-8"))
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert not imported & READERS
    reading = {"package_data", "yaml_text"}
    ours = {
        (node.module or "").rpartition(".")[2]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("workbook.language")
    }
    assert not ours & reading


@pytest.mark.parametrize(
    "name", [n for n in modules() if part_of(n).startswith("diagnostics.*.")], ids=str
)
def test_types_hold_between_a_diagnostic_and_its_report(name):
    """Any is allowed where words of a file come in, not where a result goes out."""
    if part_of(name) == "diagnostics.*.sources":
        return
    assert "Any" not in {n.id for n in ast.walk(ast.parse(modules()[name].read_text("utf-8")))
                         if isinstance(n, ast.Name)}  # fmt: skip
