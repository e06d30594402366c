"""Pictures of the look, logo and cover: a true picture, nothing that runs or loads.

Each lies inside the folder of the file that names it.
"""

import base64
import os
from pathlib import Path

from workbook.errors import InputError, Location, Problem
from workbook.intake.files.picture_check import (
    MOST_PIXELS,
    DamagedError,
    TooManyPixelsError,
    check_jpeg,
    check_png,
)
from workbook.intake.files.picture_metadata import without_jpeg_metadata, without_png_metadata
from workbook.intake.files.plain_file import read_plain
from workbook.intake.files.svg_check import TooComplexError, UnsafeError, check_svg
from workbook.intake.problems import error

MOST_KB = 300
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png", check_png, without_png_metadata),
    (b"\xff\xd8\xff", "image/jpeg", check_jpeg, without_jpeg_metadata),
)
"""First bytes, kind, check, and what takes out of a picture where and by whom it was made."""


def logo_uri(path: str, folder: Path, place: Location) -> tuple[str, list[Problem]]:
    """Return the logo as a ``data:`` URI, or an empty text and the problem."""
    return picture_uri(path, folder, place, most=MOST_KB)


def picture_uri(
    path: str, folder: Path, place: Location, *, most: int
) -> tuple[str, list[Problem]]:
    """Return a picture as a ``data:`` URI, or an empty text and the problem.

    Parameters
    ----------
    folder
        That of the file that names the picture; nothing outside it is opened.
    most
        KB that it may have.
    """
    try:
        file = inside(path, folder)
        if not file:
            return "", [error("logo_outside", place, path)]
        data = read_plain(folder, file, most=most * 1024)
    except InputError as failure:
        return "", [_told(problem, path, place, most) for problem in failure.problems]
    except ValueError:  # a name that no file can have
        return "", [error("logo_missing", place, path)]
    return _checked(data, path, place)


def inside(path: str, folder: Path) -> str:
    """Return the path relative to the folder; empty when it leads out of it."""
    whole = os.path.normpath(folder / path)
    name = os.path.relpath(whole, folder)
    return "" if name.startswith("..") or Path(name).is_absolute() else Path(name).as_posix()


def _told(problem: Problem, path: str, place: Location, most: int) -> Problem:
    """Return a problem of the file as one of the key that names it."""
    if problem.code in ("file_too_many_kb", "file_too_large"):
        return error("logo_too_large", place, path, most=most)
    if problem.code in ("file_missing", "file_unreadable"):
        return error("logo_missing", place, path)
    return error(problem.code, place, path, **problem.facts)


def _checked(data: bytes, path: str, place: Location) -> tuple[str, list[Problem]]:
    kind, check, bare = next(
        ((kind, check, bare) for magic, kind, check, bare in _MAGIC if data.startswith(magic)),
        ("", None, bytes),
    )
    if check is None and b"<svg" in data[:4096]:
        kind, check = "image/svg+xml", check_svg
    if check is None:
        return "", [error("logo_type", place, path)]
    try:
        check(data)
    except UnsafeError:
        return "", [error("logo_unsafe", place, path)]
    except TooComplexError:
        return "", [error("logo_too_complex", place, path)]
    except DamagedError:
        return "", [error("logo_damaged", place, path)]
    except TooManyPixelsError as large:
        facts = {"width": large.width, "height": large.height, "most": MOST_PIXELS // 1_000_000}
        return "", [error("logo_too_many_pixels", place, path, **facts)]
    return f"data:{kind};base64,{base64.b64encode(bare(data)).decode('ascii')}", []
