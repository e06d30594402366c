"""PNG and JPEG data without what a camera or a program wrote beside the picture.

Where, when and by whom a picture was made, and its small preview, go; so do comments.  What the
colours need stays.
"""

from collections.abc import Iterator

_PNG_HEAD = 8
_PNG_METADATA = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_COMMENT = 0xFE
_APPLICATION = range(0xE0, 0xF0)
_COLOURS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Application segments without which a JPEG would look otherwise, and how they begin."""
_START_OF_SCAN = 0xDA
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})


def without_png_metadata(data: bytes) -> bytes:
    r"""Return a sound PNG without its texts, its EXIF data, its time and what follows its end.

    >>> parts = b"\0\0\0\1tEXtA....", b"\0\0\0\0IEND...."
    >>> without_png_metadata(b"\x89PNG\r\n\x1a\n" + b"".join(parts))[8:]
    b'\x00\x00\x00\x00IEND....'
    """
    kept, at = [data[:_PNG_HEAD]], _PNG_HEAD
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if kind not in _PNG_METADATA:
            kept.append(data[at:end])
        if kind == b"IEND":
            break
        at = end
    return b"".join(kept)


def without_jpeg_metadata(data: bytes) -> bytes:
    r"""Return a sound JPEG without comments and application segments that no colour needs.

    >>> without_jpeg_metadata(b"\xff\xd8\xff\xfe\0\3A\xff\xda\0\2...\xff\xd9")
    b'\xff\xd8\xff\xda\x00\x02...\xff\xd9'
    """
    return data[:2] + b"".join(_jpeg_parts(data))


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    """Yield the segments that stay, and from the first scan on all that follows."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _WITHOUT_LENGTH:  # padding, or a marker by itself
            at += 1 if marker == 0xFF else 2
            continue
        if marker == _START_OF_SCAN:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if not _is_metadata(marker, data[at + 4 : end]):
            yield data[at:end]
        at = end
    yield data[at:]


def _is_metadata(marker: int, body: bytes) -> bool:
    if marker == _COMMENT:
        return True
    return marker in _APPLICATION and not body.startswith(_COLOURS.get(marker, b"\0\0none"))
