"""One PDF of several keeps what a reader finds his way by: bookmarks, links and tags."""

from datetime import date
from io import BytesIO

import pytest
import typst
from pypdf import PdfReader, PdfWriter

from workbook.batch.merged_pdf import Bound, merged
from workbook.report.pdf import fonts

SOURCE = """#set document(title: "{title}")
= {title}
#table(columns: 2, table.header([Key], [Value]), [a], [1], [b], [2])
#link(<end>)[To the end]
#pagebreak()
== The end of {title} <end>
#table(columns: 2, table.header([Other key], [Other value]), [c], [3])"""
TITLES = ("Loyalty", "Потери", "Matica")


def compiled(title):
    source = SOURCE.format(title=title).encode("utf-8")
    data, _ = typst.Compiler(source, font_paths=fonts()).compile_with_warnings(format="pdf")
    return data


def joined(pdfs):
    reports = [Bound(title=f"{t}!", pdf=data) for t, data in zip(TITLES, pdfs, strict=True)]
    return merged(
        reports, title="Отчёты: 2025", author="Анна", language="ru", day=date(2025, 12, 31)
    )


@pytest.fixture(scope="module")
def pdfs():
    return [compiled(title) for title in TITLES]


@pytest.fixture(scope="module")
def whole(pdfs):
    return PdfReader(BytesIO(joined(pdfs)))


def listed(value):
    held = value.get_object() if value is not None else []
    return list(held) if isinstance(held, list) else [value]


def elements(whole):
    """Return every element of the structure tree, in reading order."""
    waiting, found = listed(whole.root_object["/StructTreeRoot"]["/K"]), []
    while waiting:
        element = waiting.pop(0).get_object()
        if isinstance(element, dict) and "/S" in element:
            found.append(element)
            waiting = listed(element.get("/K")) + waiting
    return found


def pairs(flat):
    return dict(zip(flat[::2], flat[1::2], strict=True))


def test_every_report_is_there_in_its_order(whole):
    texts = [page.extract_text() for page in whole.pages]
    assert [title in text for title, text in zip(TITLES, texts[::2], strict=True)] == [True] * 3
    assert len(texts) == 6


def test_bookmarks_are_those_of_the_reports_under_their_titles(whole):
    def told(outline):
        return [told(one) if isinstance(one, list) else one.title for one in outline]

    assert told(whole.outline) == [
        part for title in TITLES for part in (f"{title}!", [title, [f"The end of {title}"]])
    ]
    ends = [whole.outline[2 * n + 1][1][0] for n in range(len(TITLES))]
    assert [whole.get_destination_page_number(end) for end in ends] == [1, 3, 5]


def test_a_link_leads_to_its_own_report(whole):
    leads = []
    for number, page in enumerate(whole.pages):
        for link in page.get("/Annots", []):
            target = link.get_object()["/Dest"][0].idnum
            numbers = [p.indirect_reference.idnum for p in whole.pages]
            leads.append((number, numbers.index(target)))
    assert leads == [(0, 1), (2, 3), (4, 5)]


def test_tags_name_the_reports_in_order_under_one_document(whole):
    kinds = [element["/S"] for element in elements(whole)]
    assert kinds[0] == "/Document"
    assert kinds.count("/Part") == len(TITLES)
    assert kinds.count("/Table") == 2 * len(TITLES)
    assert whole.root_object["/MarkInfo"]["/Marked"]


def test_every_page_and_link_finds_its_own_elements(whole):
    owners = pairs(whole.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"])
    keys = [page["/StructParents"] for page in whole.pages]
    links = [a.get_object() for page in whole.pages for a in page.get("/Annots", [])]
    keys += [link["/StructParent"] for link in links]
    assert sorted(keys) == sorted(owners)
    for page in whole.pages:
        of_page = {e.get_object()["/S"] for e in owners[page["/StructParents"]].get_object()}
        assert "/P" in of_page or "/TD" in of_page or "/Span" in of_page
        told = [e.get_object() for e in owners[page["/StructParents"]].get_object()]
        on = {e.raw_get("/Pg").idnum for e in told if "/Pg" in e}
        assert on <= {page.indirect_reference.idnum}


def test_cells_name_headings_of_their_own_report(whole):
    root = whole.root_object["/StructTreeRoot"]
    ids = pairs(root["/IDTree"]["/Names"])
    of_elements = [str(e["/ID"]) for e in elements(whole) if "/ID" in e]
    assert sorted(of_elements) == sorted(map(str, ids)) == list(map(str, ids))
    named = [
        str(name)
        for element in elements(whole)
        for attributes in listed(element.get("/A"))
        for name in attributes.get_object().get("/Headers", [])
    ]
    assert len(of_elements) == 4 * len(TITLES)
    assert set(named) <= set(of_elements)
    assert {name.split(".")[0] for name in named} == {"1", "2", "3"}


def test_its_properties_are_of_the_engagement_and_its_day(whole):
    told = whole.metadata
    assert (told.title, told.author, told["/CreationDate"]) == (
        "Отчёты: 2025", "Анна", "D:20251231000000Z",
    )  # fmt: skip
    assert whole.root_object["/Lang"] == "ru"
    assert whole.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_same_reports_give_the_same_bytes(pdfs):
    assert joined(pdfs) == joined(pdfs)


def test_a_report_without_tags_leaves_the_whole_without(pdfs):
    writer, plain = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(plain)
    whole = PdfReader(BytesIO(joined([*pdfs[:2], plain.getvalue()])))
    assert len(whole.pages) == 5
    assert "/MarkInfo" not in whole.root_object
    assert "/StructTreeRoot" not in whole.root_object
