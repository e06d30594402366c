"""Every public function of workbook.stats has an example, and every example holds."""

import doctest
import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

import workbook.stats

MODULES = [
    workbook.stats,
    *(
        importlib.import_module(f"workbook.stats.{found.name}")
        for found in pkgutil.iter_modules(workbook.stats.__path__)
    ),
]


def public_functions(module: ModuleType) -> list[str]:
    return [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
class TestModule:
    def test_every_example_holds(self, module):
        failed, _ = doctest.testmod(module)
        assert failed == 0

    def test_every_public_function_has_an_example(self, module):
        examples = {
            test.name.removeprefix(f"{module.__name__}.")
            for test in doctest.DocTestFinder().find(module)
            if test.examples
        }
        assert set(public_functions(module)) <= examples


def test_the_modules_have_functions_to_look_at():
    assert len(MODULES) > 20
    assert sum(len(public_functions(module)) for module in MODULES) > 60
