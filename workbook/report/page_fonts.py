"""The faces of a brand's font as pages carry them."""

import base64
from functools import cache

from workbook.language.package_data import templates

_FACES = {
    "Inter": {400: "Inter-Regular", 600: "Inter-SemiBold", 700: "Inter-Bold"},
    "DejaVu Sans": {400: "DejaVuSans", 700: "DejaVuSans-Bold"},
}


@cache
def page_fonts(family: str) -> dict[int, str]:
    """Return the faces of a shipped family, base64, by weight.

    >>> sorted(page_fonts("Inter"))
    [400, 600, 700]
    """
    folder = templates() / "fonts"
    faces = {weight: folder / f"{face}.woff2" for weight, face in _FACES[family].items()}
    return {w: base64.b64encode(path.read_bytes()).decode("ascii") for w, path in faces.items()}
