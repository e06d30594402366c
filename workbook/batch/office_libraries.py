"""Slides and Word documents need libraries that are not there unless asked for."""

from collections.abc import Iterable
from importlib.util import find_spec

from workbook.errors import UsageError

_LIBRARIES = {"pptx": ("python-pptx", "pptx"), "docx": ("python-docx", "docx")}
"""By format: what it is called where it is installed from, and when it is imported."""


def lacks_library(fmt: str) -> bool:
    """Return whether a format cannot be made here for want of its library."""
    return fmt in _LIBRARIES and find_spec(_LIBRARIES[fmt][1]) is None


def lacking() -> tuple[str, ...]:
    """Return the formats that cannot be made here for want of their library."""
    return tuple(filter(lacks_library, _LIBRARIES))


def what_to_install(fmt: str) -> str:
    """Return which library of a format is not installed, and how it is."""
    return (
        f"{_LIBRARIES[fmt][0]} is not installed; "
        'install it: pip install "consulting-workbook[office]"'
    )


def check_office_libraries(formats: Iterable[str]) -> None:
    """Raise where a format is asked for whose library is not installed.

    Raises
    ------
    UsageError
        With what to install.
    """
    for fmt in formats:
        if lacks_library(fmt):
            raise UsageError(f"--formats {fmt}: {what_to_install(fmt)}")
