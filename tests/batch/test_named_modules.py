"""Modules that strings name exist: a move by a tool that follows imports does not see strings."""

import ast
import re
import tomllib
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "workbook"
ELSEWHERE = "sixth_diagnostic"
"""Folder of modules that a test copies into the package."""
NAME = re.compile(r"\bworkbook(?:\.[A-Za-z_]\w*)+")
IMPORTED = re.compile(r"from (workbook(?:\.\w+)*) import (\w+)")


def preloaded():
    """Return the names in ``preload._MODULES``; importing it would freeze this process's heap."""
    tree = ast.parse((PACKAGE / "batch" / "preload.py").read_text("utf-8"))
    (names,) = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_MODULES"
    ]
    return ast.literal_eval(names)


@pytest.mark.parametrize("name", preloaded())
def test_what_the_fork_server_imports_is_there(name):
    assert find_spec(name) is not None


def is_there(name):
    """Return whether a dotted name leads to a module of ours, or to a word of one."""
    parts = name.split(".")
    for end in range(len(parts), 1, -1):
        path = ROOT.joinpath(*parts[:end])
        files = (path.with_suffix(".py"), path / "__init__.py")
        module = next((file for file in files if file.is_file()), None)
        if module:
            word = parts[end] if end < len(parts) else ""
            if word.startswith("__"):
                return True
            return re.search(rf"\b{word}", module.read_text("utf-8")) is not None
    return False


def named_in(folder):
    """Yield file and dotted name, of names that begin with a part of the package."""
    parts = {path.stem for path in PACKAGE.iterdir()}
    for file in sorted((ROOT / folder).rglob("*.py")):
        if ELSEWHERE in file.parts:
            continue
        text = file.read_text("utf-8")
        names = [found[0] for found in NAME.finditer(text)]
        names += [f"{found[1]}.{found[2]}" for found in IMPORTED.finditer(text)]
        for name in names:
            if name.split(".")[1] in parts:
                yield file.relative_to(ROOT).as_posix(), name


@pytest.mark.parametrize("folder", ["workbook", "tests", "benchmarks", "data_samples/generate"])
def test_names_of_our_modules_in_code_texts_and_docstrings_lead_somewhere(folder):
    found = list(named_in(folder))
    assert found
    assert [(file, name) for file, name in found if not is_there(name)] == []


def test_the_entry_points_of_the_project_lead_to_what_they_name():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = {"console_scripts": project["scripts"], **project["entry-points"]}
    values = [value for group in groups.values() for value in group.values()]
    assert [value for value in values if not is_there(value.replace(":", "."))] == []
    installed = {point.value for group in groups for point in entry_points(group=group)}
    assert set(values) <= installed
