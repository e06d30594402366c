"""Templates named in [brand]: what cannot be used is told with its reason, in every language."""

import io
import zipfile

import pytest
from docx import Document
from pptx import Presentation

from workbook.errors import Location
from workbook.intake.files.office_template import MOST_MB, POWERPOINT, WORD, office_template
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

PLACE = Location(file="engagement.toml", column="brand.pptx_template")
EXTERNAL = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
)


def saved(document):
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def changed(data, parts):
    """Return a package with parts changed: a function of the old content, or new content."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, parts.pop(name)(content) if name in parts else content)
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


def looked_at(tmp_path, data, kind=POWERPOINT, name="t.pptx"):
    (tmp_path / name).write_bytes(data)
    return office_template(name, tmp_path, PLACE, kind)


PPTX = saved(Presentation())
TYPES = "[Content_Types].xml"


def test_a_presentation_and_a_document_are_taken(tmp_path):
    for data, kind in ((PPTX, POWERPOINT), (saved(Document()), WORD)):
        found, problems = looked_at(tmp_path, data, kind)
        assert (bool(found), problems) == (True, [])


def test_a_potx_is_made_a_presentation(tmp_path):
    potx = changed(PPTX, {TYPES: lambda b: b.replace(POWERPOINT.document, POWERPOINT.template)})
    found, problems = looked_at(tmp_path, potx)
    assert problems == []
    assert len(Presentation(io.BytesIO(found)).slide_layouts) == 11


def external(kind, target):
    name = "ppt/slideMasters/_rels/extra.xml.rels"
    return changed(PPTX, {name: EXTERNAL.format(kind=kind, target=target)})


BROKEN = {
    "template_type": saved(Document()),
    "template_macros": changed(PPTX, {"ppt/vbaProject.bin": b"x"}),
    "template_unsafe": external("image", "http://example.com/a.png"),
    "template_damaged": PPTX[: len(PPTX) // 2],
    "template_locked": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "template_too_large": changed(PPTX, {"big.bin": b"0" * (MOST_MB * 1_000_000 + 1)}),
    "template_no_title": changed(PPTX, {
        f"ppt/slideLayouts/slideLayout{n}.xml": (
            lambda b: b.replace(b'type="title"', b'type="body"').replace(b'"ctrTitle"', b'"body"')
        ) for n in range(1, 12)
    }),
}  # fmt: skip


@pytest.mark.parametrize("code", BROKEN)
def test_what_cannot_be_used_is_told(code, tmp_path):
    found, [problem] = looked_at(tmp_path, BROKEN[code])
    assert (found, problem.code) == (b"", code)
    for language in LANGUAGES:
        assert line(problem, language)


def test_entities_are_refused(tmp_path):
    bomb = changed(PPTX, {"ppt/presProps.xml": lambda b: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + b})
    assert looked_at(tmp_path, bomb)[1][0].code == "template_unsafe"


def test_a_bomb_is_not_unpacked(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"0" * 120_000_000)
    assert looked_at(tmp_path, made.getvalue())[1][0].code == "template_too_large"


def test_a_link_to_the_firm_s_page_does_no_harm(tmp_path):
    assert looked_at(tmp_path, external("hyperlink", "https://example.com"))[1] == []


def test_a_path_that_leads_out_or_to_nothing_is_told(tmp_path):
    paths = ("../a.pptx", "none.pptx")
    codes = [office_template(p, tmp_path, PLACE, POWERPOINT)[1][0].code for p in paths]
    assert codes == ["template_outside", "template_missing"]
