"""The examples in the docstrings of the loyalty diagnostic say what is so."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import workbook.diagnostics.loyalty as loyalty

MODULES = sorted(path.stem for path in Path(loyalty.__file__).parent.glob("[a-z]*.py"))


@pytest.mark.parametrize("name", [name for name in MODULES if name != "diagnostic"])
def test_examples_are_true(name):
    failed, _ = doctest.testmod(import_module(f"{loyalty.__name__}.{name}"))
    assert failed == 0
