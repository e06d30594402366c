"""The file of what belongs together across diagnostics."""

from functools import cache

from pydantic import TypeAdapter

from workbook.diagnostics.summary.links import Links
from workbook.language.package_data import templates
from workbook.language.yaml_text import yaml_values

LINKS = "cross_findings.yaml"


@cache
def load_links() -> Links:
    """Return the links that come with the program.

    Raises
    ------
    pydantic.ValidationError
        When the file has another shape.
    """
    tree = yaml_values((templates() / LINKS).read_text("utf-8"))
    return TypeAdapter(Links).validate_python(tree)
