"""What the keys of engagement.toml mean, in every language: ``templates/engagement.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from workbook.language.languages import ENGLISH
from workbook.language.package_data import templates
from workbook.language.yaml_text import yaml_values


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyGuide:
    """One key: what it is for, and a line of TOML that shows it."""

    name: str
    help: Mapping[str, str]
    """A sentence by language, without a full stop."""
    example: Mapping[str, str]
    """A line by language; the English one holds where a language has none of its own."""
    of: str = ""
    """Of a key of the intake: the table whose section shows the example, or ``intake``; of a key on
    chapters: the diagnostic."""

    def example_in(self, language: str) -> str:
        """Return the line that shows the key; empty for a section."""
        return self.example.get(language) or self.example.get(ENGLISH, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guides:
    """The guides of all sections."""

    keys: Mapping[str, KeyGuide]
    """Of the top of the file."""
    intake: Mapping[str, KeyGuide]
    """Of [intake] and [intake.<table>]."""
    brand: Mapping[str, KeyGuide]
    report: Mapping[str, KeyGuide]
    """Of [report]."""
    chapters: Mapping[str, KeyGuide]
    """Of [report.<diagnostic>]."""
    params: Mapping[str, Mapping[str, KeyGuide]]
    """The options that are asked for most, by diagnostic."""
    whatif: Mapping[str, Mapping[str, KeyGuide]]
    """By section: [whatif.reason] and so on."""


@cache
def key_guides() -> Guides:
    """Return what is said of the keys of engagement.toml.

    Examples
    --------
    >>> key_guides().keys["as_of"].example_in("sk")
    'as_of = 2025-12-31'
    """
    tree = yaml_values((templates() / "engagement.yaml").read_text("utf-8"))
    return Guides(
        keys=_guides(tree["keys"]),
        intake=_guides(tree["intake"]),
        brand=_guides(tree["brand"]),
        report=_guides(tree["report"]),
        chapters=_guides(tree["chapters"]),
        params=_sections(tree["params"]),
        whatif=_sections(tree["whatif"]),
    )


def _sections(tree: Mapping[str, Any]) -> Mapping[str, Mapping[str, KeyGuide]]:
    return MappingProxyType({name: _guides(keys) for name, keys in tree.items()})


def _guides(tree: Mapping[str, Any]) -> Mapping[str, KeyGuide]:
    return MappingProxyType({name: _guide(name, said) for name, said in tree.items()})


def _guide(name: str, said: Mapping[str, Any]) -> KeyGuide:
    example = said.get("example", {})
    return KeyGuide(
        name=name,
        help=said["help"],
        example={ENGLISH: example} if isinstance(example, str) else example,
        of=said.get("of", ""),
    )
