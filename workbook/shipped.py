"""Where the files that come with the package are: templates, notebooks, sample data.

In a checkout they are the top-level folders; in an installed wheel they lie inside the
package under ``_shipped`` (see ``pyproject.toml``).
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    inside = _PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def templates() -> Path:
    """Return the folder of templates, code frames, table definitions and fonts."""
    return _folder("templates")


def notebooks() -> Path:
    """Return the folder of the parameterised notebooks."""
    return _folder("notebooks")
