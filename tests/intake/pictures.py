"""Small pictures, sound and not."""

import struct
import zlib
from collections.abc import Callable

STYLES = "<style>" + "".join(f".c{n} {{ fill: url(#a{n}) }}" for n in range(9)) + "</style>"


def png_bytes(
    *,
    rows: int = 4,
    told: tuple[int, int] | None = None,
    filter_type: int = 0,
    interlaced: bool = False,
) -> bytes:
    """Return a grey PNG of 4 columns; ``told`` is the size that it claims."""
    width, height = told or (4, rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, interlaced)
    pixels = (bytes([filter_type]) + b"\x80" * 4) * rows
    if interlaced:  # passes 1, 4, 5, 6, 7 of a picture of 4 x 4 (the second and third are empty)
        pixels = b"".join(b"\0" + b"\x80" * n for n in (1, 1, 2, 2, 2, 4, 4))
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(pixels)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + crc


def jpeg_bytes(*, width: int = 8, height: int = 8, scans: int = 1) -> bytes:
    """Return the skeleton of a JPEG: size, scans and end, without pixels that can be decoded."""
    frame = struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)
    segments = [(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), (0xC0, frame)]
    segments += [(0xDA, b"\1\1\0\0\x3f\0")] * scans
    body = b"".join(
        struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content
        for marker, content in segments
    )
    return b"\xff\xd8" + body + b"\x12\x34\xff\xd9"


def repeated(link: Callable[[int], str], style: str = "") -> bytes:
    """Return an SVG of nine groups, each of which stands for ten of the one before."""
    groups = "".join(f'<g id="a{n + 1}">{link(n) * 10}</g>' for n in range(8))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{style}<rect id="a0"/>{groups}</svg>'
    return svg.encode()
