"""The streams of an OLE file: what Office wrote before 2007, and what encrypted workbooks are in.

Chains of sectors that are cut, too long or run in circles end in ``ValueError``.
"""

import struct

_FREE = 0xFFFFFFFA
"""Numbers of sectors end below it."""
_ENTRY = 128
_SMALL_SECTOR = 64


class OleFile:
    """A file that holds streams by name, read whole."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise ValueError("sectors of an unknown size")
        self._size = 1 << shift
        tables, first_folder = struct.unpack_from("<I", data, 44)[0], _number(data, 48)
        self._limit, self._first_small = _number(data, 56), _number(data, 60)
        self._next = self._allocation(tables)
        self._small_next: tuple[int, ...] = ()
        self._small = b""
        self._entries = self._folder(first_folder)

    @property
    def names(self) -> set[str]:
        """Names of all streams and folders."""
        return set(self._entries)

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream."""
        start, size = self._entries[name]
        if size >= self._limit:
            return self._chain(start)[:size]
        if not self._small_next:
            self._small_next = _numbers(self._chain(self._first_small))
            self._small = self._chain(self._entries["Root Entry"][0])
        found = bytearray()
        for at in _walk(start, self._small_next):
            found += self._small[at * _SMALL_SECTOR : (at + 1) * _SMALL_SECTOR]
        return bytes(found[:size])

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _allocation(self, count: int) -> tuple[int, ...]:
        """Return which sector follows which."""
        parts = list(_numbers(self._data[76:512]))
        extra, seen = _number(self._data, 68), 0
        while extra < _FREE:
            found = _numbers(self._sector(extra))
            seen += 1
            if not found or seen > len(self._data) // self._size:
                raise ValueError("sectors in a circle")
            parts += found[:-1]
            extra = found[-1]
        used = [part for part in parts[:count] if part < _FREE]
        return _numbers(b"".join(map(self._sector, used)))

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _walk(start, self._next)))

    def _folder(self, start: int) -> dict[str, tuple[int, int]]:
        """Return first sector and size of every stream."""
        data = self._chain(start)
        found: dict[str, tuple[int, int]] = {}
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", data, at + 64)[0]
            name = data[at : at + min(length, 64)].decode("utf-16-le", errors="replace")
            if length:
                found.setdefault(name.rstrip("\0"), struct.unpack_from("<II", data, at + 116))
        return found


def _number(data: bytes, at: int) -> int:
    found: int = struct.unpack_from("<I", data, at)[0]
    return found


def _numbers(data: bytes) -> tuple[int, ...]:
    count = len(data) // 4
    return struct.unpack(f"<{count}I", data[: 4 * count])


def _walk(start: int, following: tuple[int, ...]) -> list[int]:
    """Return the sectors of a chain in order."""
    found: list[int] = []
    while start < _FREE:
        if len(found) > len(following) or start >= len(following):
            raise ValueError("a chain of sectors that does not end")
        found.append(start)
        start = following[start]
    return found
