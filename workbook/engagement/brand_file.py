"""``_brand.yml`` in the engagement or above it, as Quarto writes it."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

import yaml

from workbook.engagement.brand_keys import BrandSource, font_paths, picture_path, said_in
from workbook.engagement.firm_file import FirmFile
from workbook.engagement.firm_folders import firm_folders, seen_from
from workbook.errors import InputError, Location, Problem
from workbook.intake.config_errors import FILE
from workbook.intake.files.plain_file import is_there, read_plain
from workbook.intake.problems import error
from workbook.language.yaml_text import BeyondBoundsError, located_words

NAME = "_brand.yml"
FILES = ("logo", "cover", "pptx_template", "docx_template")
"""Keys whose values are paths, besides those of fonts."""


def brand_sources(
    folder: Path, section: Mapping[str, object], firm: Sequence[FirmFile]
) -> tuple[list[BrandSource], list[Problem]]:
    """Return where the brand of an engagement is told, what wins first.

    Parameters
    ----------
    section
        [brand] of engagement.toml.
    firm
        The firm's files of the folders above.
    """
    sources: list[BrandSource] = []
    problems: list[Problem] = []
    told = {one.folder: one for one in firm}
    for above in firm_folders(folder):
        if not sources:
            sources.append(BrandSource(section=section, folder=above, file=FILE))
        elif above in told:
            said = told[above].said.get("brand", {})
            if isinstance(said, Mapping):
                file = told[above].called
                sources.append(BrandSource(section=said, folder=above, file=file))
            else:
                place = Location(file=told[above].called, column="brand")
                problems.append(error("not_a_table", place, said))
        if is_there(above, NAME):
            source, found = _read(above, seen_from(folder, above, NAME))
            problems += found
            sources += [source] if source else []
    return sources, problems


def brand_files(folder: Path, section: Mapping[str, object]) -> list[str]:
    """Return the files of its own that an engagement's look is made of, as paths in its folder."""
    sources = [BrandSource(section=section, folder=folder, file=FILE)]
    if is_there(folder, NAME):
        source, _ = _read(folder, NAME)
        sources += [source] if source else []
    named = [NAME] if is_there(folder, NAME) else []
    for source in sources:
        said, _ = said_in(source)
        named += [picture_path(said[name]) for name in FILES if name in said]
        named += font_paths(said["fonts"]) if "fonts" in said else []
    inside = (PurePosixPath(name).as_posix() for name in named if isinstance(name, str))
    return [name for name in dict.fromkeys(inside) if _is_inside(folder, name)]


def _is_inside(folder: Path, name: str) -> bool:
    try:
        return is_there(folder, name) and ".." not in PurePosixPath(name).parts
    except (OSError, ValueError):  # a name that no file can have
        return False


def _read(above: Path, called: str) -> tuple[BrandSource | None, list[Problem]]:
    try:
        found = located_words(read_plain(above, NAME, called=called).decode("utf-8-sig"))
    except InputError as failure:
        return None, list(failure.problems)
    except UnicodeDecodeError as failure:
        line = failure.object.count(b"\n", 0, failure.start) + 1
        return None, [error("brand_unreadable", Location(file=called, row=line))]
    except BeyondBoundsError as failure:
        return None, [error(failure.code, Location(file=called, row=failure.line))]
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        row = None if mark is None else mark.line + 1
        return None, [error("brand_unreadable", Location(file=called, row=row))]
    if not isinstance(found.tree, Mapping):
        return None, [error("brand_unreadable", Location(file=called))] if found.tree else []
    problems = [
        error(
            "key_twice",
            Location(file=called, row=line, column=".".join(map(str, way))),
            other=way[-1],
        )
        for way, line in found.repeated
    ]
    source = BrandSource(
        section=found.tree, folder=above, file=called, lines=found.lines, short_names=False
    )
    return source, problems
