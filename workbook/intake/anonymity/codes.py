"""Codes in place of identifiers: a keyed hash, short, readable, without a meaning.

A code depends on the key, on what kind of thing it is and on the identifier alone: rows added
later change none, and their order tells nothing.  Should two things begin alike, one of them gets
a longer code.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_FIRST = "BCDFGHJKMNPQRTVWXYZ"
"""Letters that a code begins with: no vowels, so that it is no word, and none that look alike."""
_OTHERS = _FIRST + "2346789"
SHORTEST = 5
_WHOLE = 20


@dataclass(frozen=True, kw_only=True)
class Codes:
    """The codes of one kind of thing in one engagement.

    Examples
    --------
    >>> codes = Codes.of(["C-1", "C-2"], kind="customer", key=bytes(32))
    >>> codes["C-1"], codes["C-1"] == Codes.of(["C-1"], kind="customer", key=bytes(32))["C-1"]
    ('Y3KDR', True)
    """

    kind: str
    key: bytes = field(repr=False)
    known: dict[str, str]
    """Code by identifier."""

    @classmethod
    def of(cls, identifiers: Iterable[str], *, kind: str, key: bytes) -> "Codes":
        """Return the codes of these identifiers."""
        whole = {_whole(name, kind, key): name for name in set(identifiers)}
        taken: set[str] = set()
        known: dict[str, str] = {}
        for code in sorted(whole):
            length = SHORTEST
            while code[:length] in taken:
                length += 1
            taken.add(code[:length])
            known[whole[code]] = code[:length]
        return cls(kind=kind, key=key, known=known)

    def __getitem__(self, identifier: str) -> str:
        """Return the code of an identifier, also of one that no table has."""
        return self.known.get(identifier) or _whole(identifier, self.kind, self.key)[:SHORTEST]

    def spellings(self, identifier: str) -> Iterator[str]:
        """Yield the codes that an identifier may have, the shortest first."""
        whole = _whole(identifier, self.kind, self.key)
        yield from (whole[:length] for length in range(SHORTEST, _WHOLE + 1))


def _whole(identifier: str, kind: str, key: bytes) -> str:
    said = f"{kind}\0{identifier}".encode("utf-8", "surrogatepass")
    number = int.from_bytes(hashlib.blake2b(said, key=key, digest_size=16).digest())
    number, at = divmod(number, len(_FIRST))
    letters = [_FIRST[at]]
    while len(letters) < _WHOLE:
        number, at = divmod(number, len(_OTHERS))
        letters.append(_OTHERS[at])
    return "".join(letters)
