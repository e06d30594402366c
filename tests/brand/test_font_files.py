"""A firm's font is a true font, may be embedded, and has the letters of the report."""

import pytest
from firm import font_bytes
from fontTools import subset

from workbook.errors import Location
from workbook.intake.files.font_file import font_face, lacking_letters
from workbook.report.meta import ReportMeta
from workbook.report.page_fonts import page_faces

PLACE = Location(file="_brand.yml")


def face_of(data: bytes, weight: int = 400):
    return font_face(data, PLACE, "a.ttf", family="Halden", weight=weight, italic=False)


def test_a_face_is_called_as_the_firm_calls_it() -> None:
    import io

    from fontTools.ttLib import TTFont

    face, problems = face_of(font_bytes(), 600)
    assert not problems
    font = TTFont(io.BytesIO(face.data))
    assert font["name"].getBestFamilyName() == "Halden"
    assert font["OS/2"].usWeightClass == 600
    assert "fpgm" not in font or font["fpgm"]


def test_the_same_file_gives_the_same_bytes() -> None:
    assert face_of(font_bytes())[0] == face_of(font_bytes())[0]


@pytest.mark.bad_input("A1")
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "font_type"),
        (b"<svg/>", "font_type"),
        (b"\x00\x01\x00\x00" + b"\xff" * 400, "font_damaged"),
        (font_bytes()[:5000], "font_damaged"),
        (font_bytes(fsType=2), "font_not_embeddable"),
        (font_bytes(fsType=0x200), "font_not_embeddable"),
    ],
)
def test_what_is_no_usable_font_is_refused(data: bytes, code: str) -> None:
    face, problems = face_of(data)
    assert face is None
    assert [p.code for p in problems] == [code]


def latin_only() -> bytes:
    import io

    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(font_bytes()))
    maker = subset.Subsetter()
    maker.populate(unicodes=range(0x20, 0x7F))
    maker.subset(font)
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def test_letters_that_lack_are_named() -> None:
    face, _ = face_of(latin_only())
    assert lacking_letters(face, "en") == ""
    assert lacking_letters(face, "ru").startswith("абв")
    assert "ž" in lacking_letters(face, "sk") or "á" in lacking_letters(face, "sk")


def test_a_page_has_the_characters_that_it_shows_and_no_others(meta: ReportMeta) -> None:
    import base64
    import io
    from dataclasses import replace

    from fontTools.ttLib import TTFont

    face, _ = face_of(font_bytes())
    branded = replace(meta, brand=replace(meta.brand, font="Halden", faces=(face,)))
    [shown] = page_faces(branded, {"Жук"})
    letters = TTFont(io.BytesIO(base64.b64decode(shown.data))).getBestCmap()
    assert ord("Ж") in letters
    assert ord("a") in letters
    assert ord("щ") not in letters
    assert shown.kind == "woff"
    assert page_faces(branded, {"Жук"}) == (shown,)


@pytest.fixture
def meta() -> ReportMeta:
    from datetime import date

    return ReportMeta(title="T", client="C", language="ru", period="2025", as_of=date(2025, 12, 31))
