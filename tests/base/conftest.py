"""A maker of bases, and what is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from raw_statements import Maker

from workbook.errors import InputError
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


@pytest.fixture
def refused() -> Callable[..., tuple[str, ...]]:
    """Return the codes of what is refused; each has its sentence in every language."""

    def codes(call: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[str, ...]:
        with pytest.raises(InputError) as caught:
            call(*arguments, **named)
        for problem in caught.value.problems:
            for language in LANGUAGES:
                assert problem.code not in line(problem, language)
        return tuple(problem.code for problem in caught.value.problems)

    return codes
