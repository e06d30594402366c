"""The firm's own font in charts: its faces are taken from memory, no file is written or looked for.

What is known here holds for the process, as a font that is installed would.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

_REGULAR = 400


class Face(Protocol):
    """One face of a family."""

    @property
    def family(self) -> str:
        """Its name."""

    @property
    def weight(self) -> int:
        """400 of running text, 700 of bold."""

    @property
    def italic(self) -> bool:
        """Whether it is sloped."""

    @property
    def data(self) -> bytes:
        """The font file."""


_KNOWN: dict[str, tuple[Face, ...]] = {}


def know_faces(faces: Iterable[Face]) -> bool:
    """Let charts draw in a family; return whether its faces were not known yet."""
    given = tuple(faces)
    family = given[0].family if given else ""
    if not given or _KNOWN.get(family) == given:
        return False
    _KNOWN[family] = given
    return True


def known_family(family: str) -> bool:
    """Return whether charts have the faces of a family from here."""
    return family in _KNOWN


def own_font(family: str, weight: int | str, files: Sequence[Any]) -> Any:
    """Return the face of a family nearest to a weight, with fonts that stand in for its gaps.

    Parameters
    ----------
    files
        Of the fonts that have what it lacks, in order.
    """
    wanted = weight if isinstance(weight, int) else font_manager.weight_dict.get(weight, _REGULAR)
    upright = [face for face in _KNOWN[family] if not face.italic] or list(_KNOWN[family])
    face = min(upright, key=lambda one: (abs(one.weight - wanted), one.weight))
    spare = [FT2Font(str(file)) for file in files]
    return FT2Font(io.BytesIO(face.data), _fallback_list=spare)
