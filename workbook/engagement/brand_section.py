"""The consultant's look, read from all places that tell it, each value from the nearest."""

from collections.abc import Mapping, Sequence
from typing import Any

from workbook.engagement.brand_keys import BrandSource, Said, named_colour, picture_path, said_in
from workbook.engagement.settings import Brand, FontFace
from workbook.errors import InputError, Location, Problem
from workbook.intake.files.font_file import font_face, lacking_letters, read_font
from workbook.intake.files.logo import inside, picture_uri
from workbook.intake.files.office_template import POWERPOINT, WORD, office_template
from workbook.intake.problems import UNSEEN, error, warning
from workbook.language.nearest import nearest

FONTS = ("Inter", "DejaVu Sans")
"""Families that come with the program."""
MOST_FACES = 12
_LONGEST = 200
_COLOURS = ("primary", "secondary", "tertiary")
_PICTURES = {"logo": 300, "cover": 3000}
"""KB that a picture may have."""
_TEMPLATES = {"pptx_template": POWERPOINT, "docx_template": WORD}
_WEIGHTS = {
    "thin": 100, "extra-light": 200, "ultra-light": 200, "light": 300, "normal": 400,
    "regular": 400, "medium": 500, "semi-bold": 600, "demi-bold": 600, "bold": 700,
    "extra-bold": 800, "ultra-bold": 800, "black": 900,
}  # fmt: skip
_REGULAR, _BOLD = 400, 700
_BOLD_FROM = 600


def read_brand(
    sources: Sequence[BrandSource], language: str
) -> tuple[Brand, list[Problem], list[Problem]]:
    """Return the brand, what is wrong with it, and remarks for the consultant.

    Parameters
    ----------
    sources
        What wins first.
    language
        Of the reports, whose letters the firm's font must have.
    """
    given: dict[str, Said] = {}
    fonts: list[Said] = []
    problems: list[Problem] = []
    for source in sources:
        said, found = said_in(source)
        problems += found
        if "fonts" in said:
            fonts.append(said.pop("fonts"))
        for name, one in said.items():
            given.setdefault(name, one)
    values: dict[str, Any] = {}
    for name, one in given.items():
        value, found = _value(name, one)
        problems += found
        if not found:
            values[name] = value
    remarks: list[Problem] = []
    if "font" in values:
        values |= _font(values["font"], given["font"], fonts, language, problems, remarks)
    return Brand(**values), problems, remarks


def _value(name: str, said: Said) -> tuple[Any, list[Problem]]:
    value = picture_path(said) if name in _PICTURES else said.value
    fault = _fault(value, said.place)
    if fault:
        return "", [fault]
    if name in _PICTURES:
        most = _PICTURES[name]
        return picture_uri(str(value), said.source.folder, said.place, most=most)
    if name in _TEMPLATES:
        return office_template(str(value), said.source.folder, said.place, _TEMPLATES[name])
    if name in _COLOURS:
        try:
            return named_colour(said), []
        except ValueError:
            return "", [error("bad_colour", said.place, value)]
    return str(value).strip(), []


def _fault(value: object, place: Location) -> Problem | None:
    if not isinstance(value, str):
        return error("not_text", place, value)
    if UNSEEN.search(value):
        return error("control_characters", place, value)
    if len(value) > _LONGEST:
        return error("text_too_long", place, value, most=_LONGEST)
    return None


def _font(
    family: str, said: Said, fonts: Sequence[Said], language: str,
    problems: list[Problem], remarks: list[Problem],
) -> dict[str, Any]:  # fmt: skip
    """Return the font's family and its faces; a font that is not here is Inter."""
    if family in FONTS:
        return {"font": family}
    declared = [(one, entry) for one in fonts for entry in _entries(one, problems)]
    for one, entry in declared:
        if entry.get("family") != family:
            continue
        if not entry.get("files"):
            remarks.append(warning("font_not_here", one.place, family))
            return {"font": FONTS[0]}
        faces, found = _faces(family, one, entry, language)
        problems += found
        return {"font": family, "faces": tuple(faces)}
    known = [*FONTS, *(str(entry.get("family")) for _, entry in declared if entry.get("family"))]
    facts = {"fonts": ", ".join(dict.fromkeys(known)), "nearest": nearest(family, known)}
    problems.append(error("unknown_font", said.place, family, **facts))
    return {"font": FONTS[0]}


def _entries(said: Said, problems: list[Problem]) -> list[Mapping[str, Any]]:
    """Return the fonts that a brand lists."""
    listed = said.value if isinstance(said.value, list) else [said.value]
    entries = [one for one in listed if isinstance(one, Mapping)]
    if len(entries) != len(listed):
        problems.append(error("fonts_shape", said.place))
    return entries


def _faces(
    family: str, said: Said, entry: Mapping[str, Any], language: str
) -> tuple[list[FontFace], list[Problem]]:
    files = entry["files"] if isinstance(entry["files"], list) else [entry["files"]]
    made: dict[tuple[int, bool], FontFace] = {}
    if len(files) > MOST_FACES:
        return [], [error("font_faces_many", said.place, len(files), most=MOST_FACES)]
    problems: list[Problem] = []
    for one in files:
        face, found = _face(family, said, one if isinstance(one, Mapping) else {"path": one})
        problems += found
        if face:
            made.setdefault((face.weight, face.italic), face)
    faces = [made[key] for key in sorted(made)]
    if not problems:
        problems += _whole(family, faces, said.place, language)
    return faces, problems


def _face(
    family: str, said: Said, file: Mapping[str, Any]
) -> tuple[FontFace | None, list[Problem]]:
    path, folder, place = file.get("path"), said.source.folder, said.place
    fault = _fault(path, place)
    if fault:
        return None, [fault]
    told = str(file.get("weight", "")).casefold()
    weight = _WEIGHTS.get(told) or (int(told) if told.isdecimal() else 0)
    if told and not 100 <= weight <= 900:
        return None, [error("font_weight", place, told)]
    italic = str(file.get("style", "")).casefold() in ("italic", "oblique")
    try:
        name = inside(str(path), folder)
        if not name:
            return None, [error("font_outside", place, path)]
        data = read_font(folder, name, place)
    except InputError as failure:
        return None, list(failure.problems)
    except ValueError:
        return None, [error("font_missing", place, path)]
    return font_face(data, place, str(path), family=family, weight=weight, italic=italic)


def _whole(family: str, faces: Sequence[FontFace], place: Location, language: str) -> list[Problem]:
    """Return what lacks of a family: a face of text and one of headings, letters."""
    upright = [face.weight for face in faces if not face.italic]
    if _REGULAR not in upright or not any(weight >= _BOLD_FROM for weight in upright):
        return [error("font_faces_missing", place, family)]
    for face in faces:
        lacking = lacking_letters(face, language)
        if lacking:
            facts = {"weight": face.weight, "letters": " ".join(lacking)}
            return [error("font_lacks_letters", place, family, **facts)]
    return []
