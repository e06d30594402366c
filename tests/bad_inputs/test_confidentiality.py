"""What must not leave with a report."""

import base64
import struct
import zlib
from pathlib import Path

import pytest

from workbook.errors import Location
from workbook.intake.files.logo import logo_uri

SECRET = b"GPS 55.7558 37.6173, Anna Petrova, C:\\Users\\anna"
PNG_KINDS = (b"tEXt", b"iTXt", b"eXIf", b"tIME", b"zTXt")
KEPT_KINDS = (b"gAMA", b"pHYs", b"sRGB")


def chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)


def png() -> bytes:
    """Return a picture of one pixel with a secret in every part that holds words."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    told = b"".join(chunk(kind, b"Author\0" + SECRET) for kind in PNG_KINDS)
    kept = b"".join(chunk(kind, b"\0\0\0\1") for kind in KEPT_KINDS)
    pixels = chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + head + kept + told + pixels + chunk(b"IEND", b"") + SECRET


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


COLOURS = (segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), segment(0xE2, b"ICC_PROFILE\0\1\1abc"))
SCANS = (
    segment(0xC0, struct.pack(">BHHBBBB", 8, 8, 8, 1, 1, 0x11, 0)),
    segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd9",
)
TOLD = (
    *(segment(0xE1, b"Exif\0\0" + SECRET), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0")),
    *(segment(0xED, b"Photoshop 3.0\0" + SECRET), segment(0xFE, SECRET)),
    segment(0xE2, b"MPF\0" + SECRET),
)


def jpeg(*parts: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(parts)


def shown(data: bytes, folder: Path) -> bytes:
    """Return the bytes of the logo as a page carries them."""
    (folder / "logo").write_bytes(data)
    uri, problems = logo_uri("logo", folder, Location())
    assert problems == []
    return base64.b64decode(uri.partition(",")[2])


@pytest.mark.bad_input("J7")
def test_a_png_goes_without_words_place_and_time(tmp_path: Path) -> None:
    found = shown(png(), tmp_path)
    assert SECRET not in found
    assert not any(kind in found for kind in PNG_KINDS)
    assert all(kind in found for kind in (*KEPT_KINDS, b"IHDR", b"IDAT"))
    assert found.endswith(chunk(b"IEND", b""))
    assert shown(found, tmp_path) == found


@pytest.mark.bad_input("J7")
def test_a_jpeg_goes_without_words_place_and_preview(tmp_path: Path) -> None:
    assert shown(jpeg(*COLOURS, *TOLD, *SCANS), tmp_path) == jpeg(*COLOURS, *SCANS)


@pytest.mark.bad_input("J7")
def test_padding_between_the_parts_of_a_jpeg_is_kept_apart(tmp_path: Path) -> None:
    found = shown(jpeg(COLOURS[0], b"\xff\xff", *TOLD, *SCANS), tmp_path)
    assert SECRET not in found
    assert found.endswith(SCANS[1])
