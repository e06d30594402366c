"""All reports in one PDF: bookmarks by report, the reading order of screen readers kept.

Pages are joined by pypdf, which leaves the structure trees behind; they are joined here (ISO
32000-1, 14.7): the trees hang under one root, the keys by which pages find their elements are
moved up, and the ids of table headings get the number of the report.  The result does not claim
PDF/UA: nobody has checked the whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One report of the whole."""

    title: str
    """Its bookmark, above its own."""
    pdf: bytes


def merged(reports: Sequence[Bound], *, title: str, author: str, language: str, day: date) -> bytes:
    """Return one PDF of the reports in their order; the same reports give the same bytes.

    Parameters
    ----------
    day
        Date of the data; the creation date in the file's properties.
    """
    writer = PdfWriter()
    tags = _Tags(writer)
    for report in reports:
        reader = PdfReader(BytesIO(report.pdf))
        _resolve_names(reader)
        first = len(writer.pages)
        writer.append(reader, outline_item=report.title)
        tags.add(reader, writer.pages[first:])
    tags.close()
    created = f"D:{day:%Y%m%d}000000Z"
    facts = {"/Title": title, "/Author": author, "/CreationDate": created, "/ModDate": created}
    writer.add_metadata(facts)
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(language)
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    writer.page_mode = "/UseOutlines"
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _resolve_names(reader: PdfReader) -> None:
    """Have links lead to places: a name that two reports give would lead to the first of them."""
    places = reader.named_destinations
    for page in reader.pages:
        for link in map(_held, _listed(page.get("/Annots"))):
            for holder, key in ((link, "/Dest"), (_held(link.get("/A", NullObject())), "/D")):
                named = holder.get(key) if isinstance(holder, DictionaryObject) else None
                if isinstance(named, str) and named in places:
                    holder[NameObject(key)] = places[named].dest_array


class _Tags:
    """The structure trees of the reports under one root."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        self._parts = ArrayObject()
        self._document = DictionaryObject(
            {NameObject("/S"): NameObject("/Document"), NameObject("/K"): self._parts}
        )
        self._document[NameObject("/P")] = writer._add_object(self._root)
        self._place = writer._add_object(self._document)
        self._owners = ArrayObject()
        """Key and elements in turn, as a parent tree has them."""
        self._ids: list[tuple[str, DictionaryObject]] = []
        self._roles = DictionaryObject()
        self._reports = 0
        self._next_key = 0
        self._whole = True

    def add(self, reader: PdfReader, pages: Sequence[DictionaryObject]) -> None:
        """Hang the tree of a report, whose pages are in the writer already, under the root."""
        self._reports += 1
        if "/StructTreeRoot" not in reader.root_object:
            self._whole = False
            return
        root = reader.root_object.raw_get("/StructTreeRoot").clone(self._writer).get_object()
        for top in _listed(root.get("/K")):
            part = top.get_object()
            part[NameObject("/S")] = NameObject("/Part")
            part[NameObject("/P")] = self._place
            self._parts.append(top)
        self._roles.update(root.get("/RoleMap", DictionaryObject()).get_object())
        self._take_keys(root, zip(pages, reader.pages, strict=True))
        for element in _elements(root):
            self._take_ids(element)

    def _take_keys(
        self, root: DictionaryObject, pages: Iterable[tuple[DictionaryObject, DictionaryObject]]
    ) -> None:
        """Move the keys of pages and links up, so that no two reports share one.

        Each page comes with what it was in its report: pypdf drops a page's key.
        """
        shift = self._next_key
        for key, owner in _leaves(root.get("/ParentTree")):
            self._owners.extend((NumberObject(key + shift), owner))
            self._next_key = max(self._next_key, key + shift + 1)
        for page, before in pages:
            if "/StructParents" in before:
                page[NameObject("/StructParents")] = _moved(before["/StructParents"], shift)
            for link in map(_held, _listed(page.get("/Annots"))):
                if "/StructParent" in link:
                    link[NameObject("/StructParent")] = _moved(link["/StructParent"], shift)

    def _take_ids(self, element: DictionaryObject) -> None:
        """Give an element, and the headings that a cell names, ids of this report's own."""
        if "/ID" in element:
            own = self._own(element["/ID"])
            element[NameObject("/ID")] = own
            self._ids.append((own, element))
        for attributes in _listed(element.get("/A")):
            named = attributes.get_object()
            if isinstance(named, DictionaryObject) and "/Headers" in named:
                headers = [self._own(name) for name in _listed(named["/Headers"])]
                named[NameObject("/Headers")] = ArrayObject(headers)

    def _own(self, name: Any) -> TextStringObject:
        text = name.decode("latin-1") if isinstance(name, bytes) else str(name)
        return TextStringObject(f"{self._reports}.{text}")

    def close(self) -> None:
        """Give the document its tree; a report without tags leaves the whole without."""
        if not self._whole:
            return
        ids = ArrayObject()
        for name, element in sorted(self._ids, key=lambda one: one[0]):
            ids.extend((name, element.indirect_reference))
        self._root.update(
            {
                NameObject("/K"): self._place,
                NameObject("/RoleMap"): self._roles,
                NameObject("/ParentTree"): DictionaryObject({NameObject("/Nums"): self._owners}),
                NameObject("/ParentTreeNextKey"): NumberObject(self._next_key),
                NameObject("/IDTree"): DictionaryObject({NameObject("/Names"): ids}),
            }
        )
        root = self._writer.root_object
        root[NameObject("/StructTreeRoot")] = self._document.raw_get("/P")
        marked = {NameObject("/Marked"): BooleanObject(True)}
        root[NameObject("/MarkInfo")] = DictionaryObject(marked)


def _moved(key: Any, shift: int) -> NumberObject:
    return NumberObject(key + shift)


def _held(value: Any) -> Any:
    """Return the object itself, whether it is there or referred to."""
    return value.get_object()


def _listed(value: Any) -> list[Any]:
    """Return what a field holds as a list: a PDF writes one alone, and none not at all."""
    if value is None:
        return []
    held = value.get_object()
    return list(held) if isinstance(held, ArrayObject) else [value]


def _elements(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield the elements of a structure tree; marks of contents (numbers, /MCR, /OBJR) are none."""
    waiting = _listed(root.get("/K"))
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield element
            waiting += _listed(element.get("/K"))


def _leaves(tree: Any) -> Iterator[tuple[int, Any]]:
    """Yield key and value of a number tree."""
    if tree is None:
        return
    node = tree.get_object()
    pairs = iter(_listed(node.get("/Nums")))
    yield from zip(pairs, pairs, strict=True)
    for kid in _listed(node.get("/Kids")):
        yield from _leaves(kid)
