"""The keys of a brand: [brand] of TOML, flat or nested, and ``_brand.yml`` as Quarto has it.

What Quarto knows and we have no use for is passed over; what neither knows is told with the
nearest name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbook.errors import Location, Problem
from workbook.intake.problems import error, shown
from workbook.language.nearest import nearest

FLAT: Mapping[str, tuple[str, ...]] = {
    "name": ("meta.name.full", "meta.name.short", "meta.name"),
    "author": ("meta.author", "defaults.workbook.author"),
    "logo": ("logo.path", "logo.medium", "logo.large", "logo.small", "logo"),
    "cover": ("defaults.workbook.cover",),
    "primary": ("color.primary",),
    "secondary": ("color.secondary",),
    "tertiary": ("color.tertiary",),
    "font": ("typography.base.family", "typography.base"),
    "fonts": ("typography.fonts",),
    "pptx_template": ("defaults.workbook.pptx_template",),
    "docx_template": ("defaults.workbook.docx_template",),
}
"""Our short name of a key -> Quarto's, the first that is there holds."""
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "": ("meta", "logo", "color", "typography", "defaults"),
    "meta": ("name", "author", "link"),
    "meta.name": ("full", "short"),
    "logo": ("path", "alt", "images", "small", "medium", "large"),
    "color": (
        *("palette", "foreground", "background", "primary", "secondary", "tertiary", "success"),
        *("info", "warning", "danger", "light", "dark", "link"),
    ),
    "typography": (
        *("fonts", "base", "headings", "monospace", "monospace-inline", "monospace-block", "link"),
    ),
    "typography.base": ("family", "size", "weight", "line-height"),
    "defaults.workbook": ("author", "cover", "pptx_template", "docx_template"),
}
"""Group -> its keys, as Quarto or we know them."""
_OPEN = ("meta",)
"""Groups to which a firm may add keys of its own."""
_VARIANTS = ("light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandSource:
    """Where a brand is told: a section of TOML, or a ``_brand.yml``."""

    section: Mapping[str, Any]
    folder: Path
    """Paths are relative to it."""
    file: str
    """As messages call it."""
    lines: Mapping[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    """Of a YAML file: where its values stand."""
    short_names: bool = True
    """Keys may be flat, as in TOML; their dotted names begin with ``brand``."""

    def key(self, dotted: str) -> str:
        """Return a key as the file has it."""
        return f"brand.{dotted}" if self.short_names else dotted

    def place(self, dotted: str) -> Location:
        """Return where a key stands."""
        lines = self.lines.get(tuple(dotted.split(".")))
        row = lines[0] if lines else None
        return Location(file=self.file, row=row, column=shown(self.key(dotted)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One value of a brand and where it is said."""

    value: Any
    dotted: str
    source: BrandSource

    @property
    def place(self) -> Location:
        """Where it stands."""
        return self.source.place(self.dotted)


def said_in(source: BrandSource) -> tuple[dict[str, Said], list[Problem]]:
    """Return what a source says by our short names, and what is wrong with its keys."""
    problems = list(_unknown(source, source.section, ""))
    found: dict[str, Said] = {}
    for name, nested in FLAT.items():
        short = [(name,)] if source.short_names else []
        ways = list(dict.fromkeys([*short, *(tuple(way.split(".")) for way in nested)]))
        given = [(way, value) for way in ways if (value := _at(source.section, way)) is not None]
        if not given:
            continue
        way, value = given[0]
        found[name] = Said(value=value, dotted=".".join(way), source=source)
        if way == (name,) and len(given) > 1:
            other = ".".join(given[1][0])
            problems.append(error("key_twice", source.place(other), other=source.key(name)))
    return found, problems


def _at(section: Mapping[str, Any], way: Sequence[str]) -> Any:
    """Return the value of a key; None where there is none, or a group of further keys."""
    value: Any = section
    for part in way:
        value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, Mapping):
        variants = [value[one] for one in _VARIANTS if one in value]
        group = ".".join(way) in _GROUPS or tuple(way) == ("name",)
        return (
            variants[0] if variants and set(value) <= set(_VARIANTS) else None if group else value
        )
    return value


def _unknown(source: BrandSource, section: Mapping[str, Any], group: str) -> Iterator[Problem]:
    known = _GROUPS[group]
    if not group and source.short_names:
        known = (*FLAT, *(key for key in known if key not in FLAT))
    for key, value in section.items():
        dotted = f"{group}.{key}" if group else str(key)
        if key not in known:
            near = nearest(str(key), (*known, *_leaves(source)) if not group else known)
            if near or group not in _OPEN:
                facts = {"nearest": near, "known": ", ".join(known)}
                yield error("unknown_key", source.place(dotted), key, **facts)
        elif dotted in _GROUPS and isinstance(value, Mapping):
            yield from _unknown(source, value, dotted)
        elif dotted == "defaults" and isinstance(value, Mapping):
            ours = value.get("workbook")
            if isinstance(ours, Mapping):
                yield from _unknown(source, ours, "defaults.workbook")
        elif dotted in ("meta", "color", "typography", "defaults"):
            yield error("not_a_table", source.place(dotted), value)


def _leaves(source: BrandSource) -> tuple[str, ...]:
    """Return the whole names of the keys that we read."""
    return tuple(way for ways in FLAT.values() for way in ways)


def named_colour(said: Said) -> str:
    """Return a colour that may be a name of the palette or of another colour: ``#rrggbb``.

    Raises
    ------
    ValueError
        When it is none.
    """
    colours = said.source.section.get("color")
    colours = colours if isinstance(colours, Mapping) else {}
    palette = colours.get("palette")
    known = {**colours, **(palette if isinstance(palette, Mapping) else {})}
    value, seen = said.value, set[str]()
    while isinstance(value, str) and value in known and value not in seen:
        seen.add(value)
        value = _at(known, (value,))
    text = value if isinstance(value, str) else ""
    digits = text.removeprefix("#")
    if text.startswith("#") and len(digits) in (3, 6) and set(digits) <= set(_HEX):
        return text if len(digits) == 6 else "#" + "".join(2 * digit for digit in digits)
    raise ValueError(str(value))


_HEX = "0123456789abcdefABCDEF"


def picture_path(said: Said) -> Any:
    """Return the path of a picture, which may be named among ``logo.images``."""
    images = _at(said.source.section, ("logo", "images"))
    value = said.value
    if isinstance(images, Mapping) and isinstance(value, str):
        value = images.get(value, value)
    return value.get("path") if isinstance(value, Mapping) else value


def font_paths(said: Said) -> list[Any]:
    """Return the paths of the font files that a brand lists, of whatever shape they are."""
    entries = said.value if isinstance(said.value, list) else [said.value]
    files: list[Any] = []
    for entry in entries:
        listed = entry.get("files") if isinstance(entry, Mapping) else None
        given = listed if isinstance(listed, list) else [listed]
        files += [one.get("path") if isinstance(one, Mapping) else one for one in given]
    return files
