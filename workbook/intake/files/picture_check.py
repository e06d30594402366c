"""Whether PNG and JPEG data are a picture of a size that a page can show.

The whole of a PNG is gone through: a file that only begins like one would stop the report when
its PDF is set.  Nothing is unpacked beyond what the picture's own size needs.
"""

import struct
import zlib
from collections.abc import Iterator

MOST_PIXELS = 16_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Values of a pixel by PNG colour type."""
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_PASSES = (
    *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)),
    *((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
)
"""First column and row, and steps, of the passes of an interlaced PNG."""
_MOST_UNPACKED = 4_000_000
"""Bytes that a text or a colour profile may unpack to."""
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""JPEG markers of a frame, which has the size."""
_MOST_SCANS = 64


class DamagedError(Exception):
    """The data are no picture, or not a whole one."""


class TooManyPixelsError(Exception):
    """The picture is larger than a page can show."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(f"{width} x {height}")
        self.width, self.height = width, height


def check_png(data: bytes) -> None:
    """Be sure that a PNG can be decoded.

    Raises
    ------
    DamagedError
        When it is torn, damaged or not a PNG.
    TooManyPixelsError
        When it has more than :data:`MOST_PIXELS`.
    """
    header, packed, palette, ended = b"", bytearray(), False, False
    for kind, body in _chunks(data):
        if not header:
            if kind != b"IHDR" or len(body) != 13:
                raise DamagedError
            header = body
        elif kind == b"IDAT":
            packed += body
        elif kind == b"PLTE":
            palette = True
        elif kind in (b"iCCP", b"zTXt", b"iTXt"):
            _check_packed_text(body)
        elif kind == b"IEND":
            ended = True
            break
    if not (header and packed and ended):
        raise DamagedError
    if header[9] == 3 and not palette:
        raise DamagedError
    _check_rows(bytes(packed), _expected(header))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at < len(data):
        if at + 12 > len(data):
            raise DamagedError
        (length,) = struct.unpack_from(">I", data, at)
        body = data[at + 8 : at + 8 + length]
        end = at + 12 + length
        if end > len(data):
            raise DamagedError
        (told,) = struct.unpack_from(">I", data, end - 4)
        if zlib.crc32(data[at + 4 : end - 4]) != told:
            raise DamagedError
        yield data[at + 4 : at + 8], body
        at = end


def _expected(header: bytes) -> list[tuple[int, int]]:
    """Return rows and bytes per row of each pass."""
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    if not (width and height) or depth not in _DEPTHS.get(colour, ()):
        raise DamagedError
    if packing or filtering or interlaced > 1:
        raise DamagedError
    if width * height > MOST_PIXELS:
        raise TooManyPixelsError(width, height)
    bits = depth * _SAMPLES[colour]
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    sizes = [
        (-(-(width - left) // across), -(-(height - top) // down))
        for left, top, across, down in passes
        if left < width and top < height
    ]
    return [(rows, 1 + -(-columns * bits // 8)) for columns, rows in sizes]


def _check_rows(packed: bytes, passes: list[tuple[int, int]]) -> None:
    """Unpack what the size needs and look at the filter of every row."""
    wanted = sum(rows * size for rows, size in passes)
    try:
        pixels = zlib.decompressobj().decompress(packed, wanted)
    except zlib.error as failure:
        raise DamagedError from failure
    if len(pixels) < wanted:
        raise DamagedError
    at = 0
    for rows, size in passes:
        if max(pixels[at : at + rows * size : size]) > 4:
            raise DamagedError
        at += rows * size


def _check_packed_text(body: bytes) -> None:
    """Refuse a text that unpacks without end."""
    for start in (body.find(b"\0") + 2, body.rfind(b"\0") + 1):
        unpacker = zlib.decompressobj()
        try:
            unpacker.decompress(body[start:], _MOST_UNPACKED)
        except zlib.error:
            continue  # not packed here
        if unpacker.unconsumed_tail:
            raise DamagedError


def check_jpeg(data: bytes) -> None:
    """Be sure that a JPEG has a size, a moderate number of scans and an end.

    Raises
    ------
    DamagedError
        When it is torn, damaged or not a JPEG.
    TooManyPixelsError
        When it has more than :data:`MOST_PIXELS`.
    """
    size, scans = (0, 0), 0
    for marker, body in _segments(data):
        if marker in _FRAMES and len(body) >= 6:
            height, width = struct.unpack_from(">HH", body, 1)
            size = (width, height)
        scans += marker == 0xDA
    if not all(size) or not 0 < scans <= _MOST_SCANS:
        raise DamagedError
    if size[0] * size[1] > MOST_PIXELS:
        raise TooManyPixelsError(*size)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and content of each segment up to the end of the picture."""
    at = 2
    while True:
        at = data.find(b"\xff", at)
        while 0 <= at < len(data) - 1 and data[at + 1] == 0xFF:
            at += 1
        if not 0 <= at < len(data) - 1:
            raise DamagedError
        marker = data[at + 1]
        at += 2
        if marker == 0xD9:
            return
        if marker == 0 or 0xD0 <= marker <= 0xD8 or marker == 1:  # inside the pixels
            continue
        if at + 2 > len(data):
            raise DamagedError
        (length,) = struct.unpack_from(">H", data, at)
        if length < 2 or at + length > len(data):
            raise DamagedError
        yield marker, data[at + 2 : at + length]
        at += length
