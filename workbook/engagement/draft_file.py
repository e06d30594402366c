"""engagement.toml and the notes of a new engagement, as the consultant finds and completes them.

What is in use stands as it is; what is not is switched off by a ``#`` right before its key.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workbook.engagement.key_guide import KeyGuide, key_guides
from workbook.engagement.settings import SCHEMA_VERSION
from workbook.engagement.toml_schema import NAME
from workbook.intake.problems import UNSEEN
from workbook.intake.schema_files import all_schemas
from workbook.intake.toml_line import toml_value
from workbook.language.catalog import Texts, load_texts

_WIDTH = 98
_MOST_CARRIED = 20_000
"""Characters of a page 2 that is carried over as comments."""
_FILLED_IN = ("client", "period", "as_of")
_SECTIONS = ("intake", "brand", "params", "whatif")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSettings:
    """What is known of a new engagement."""

    id: str
    client: str
    language: str
    currency: str
    period: str
    as_of: date
    given: frozenset[str] = frozenset()
    """Fields that somebody has said; the others are proposals, to be looked at."""


def engagement_text(settings: DraftSettings, *, intake: str = "") -> str:
    """Return engagement.toml of a new engagement.

    Parameters
    ----------
    intake
        Sections [intake] and [intake.<table>] that are known already; empty: examples that are
        switched off.
    """
    texts = load_texts("engagement", settings.language)
    guides = key_guides()
    values = _values(settings)
    lines = [f"#:schema {NAME}", *_prose(texts("opening"))]
    for name, guide in guides.keys.items():
        if name in values:
            lines += ["", *_key(guide, values[name], settings, texts)]
        elif name not in _SECTIONS:
            lines += ["", *_example(guide, texts)]
    lines += _section("brand", guides.keys["brand"], guides.brand.values(), texts)
    lines += _section("report", guides.keys["report"], guides.report.values(), texts)
    shown = next(iter(guides.chapters.values())).of
    lines += _section(f"report.{shown}", None, guides.chapters.values(), texts)
    for name, parts in (("params", guides.params), ("whatif", guides.whatif)):
        lines += ["", *_help(guides.keys[name], texts)]
        for part, keys in parts.items():
            lines += _section(f"{name}.{part}", None, keys.values(), texts)
    lines += ["", intake.strip()] if intake.strip() else _intake_examples(texts)
    return "\n".join(lines) + "\n"


def _values(settings: DraftSettings) -> Mapping[str, object]:
    return {
        "schema_version": SCHEMA_VERSION,
        "id": settings.id,
        "client": settings.client,
        "language": settings.language,
        "currency": settings.currency,
        "period": settings.period,
        "as_of": settings.as_of,
        "status": "draft",
    }


def _key(guide: KeyGuide, value: object, settings: DraftSettings, texts: Texts) -> list[str]:
    """Return a key in use; what is only proposed says so."""
    mark = ""
    if guide.name not in settings.given and guide.name in _FILLED_IN:
        mark = f"{texts('fill_in')}: "
    elif guide.name not in settings.given and guide.name == "currency":
        mark = f"{texts('check')}: "
    return [
        *_prose(mark + guide.help[texts.language]),
        f"{guide.name} = {toml_value(value)}",
    ]


def _help(guide: KeyGuide, texts: Texts) -> Iterator[str]:
    return _prose(guide.help[texts.language])


def _prose(text: str) -> Iterator[str]:
    yield from (f"# {line}" for line in textwrap.wrap(text, _WIDTH))


def _example(guide: KeyGuide, texts: Texts) -> list[str]:
    """Return a key that is switched off."""
    return [*_help(guide, texts), f"#{guide.example_in(texts.language)}"]


def _section(
    name: str, about: KeyGuide | None, keys: Iterable[KeyGuide], texts: Texts
) -> list[str]:
    """Return a section that is switched off with all its keys."""
    lines = ["", *(_help(about, texts) if about else ()), f"#[{name}]"]
    for guide in keys:
        lines += _example(guide, texts)
    return lines


def _intake_examples(texts: Texts) -> list[str]:
    """Return [intake] and the section of each table that shows a key."""
    guides = key_guides()
    of: dict[str, list[KeyGuide]] = {}
    for guide in guides.intake.values():
        of.setdefault(guide.of, []).append(guide)
    lines = _section("intake", guides.keys["intake"], of.pop("intake"), texts)
    for table, keys in of.items():
        title = all_schemas()[table].headings[texts.language]
        section = _section(f"intake.{table}", None, keys, texts)
        lines += ["", *_prose(texts("of_table", title=title)), *section[1:]]
    return lines


def notes_text(language: str) -> str:
    """Return the draft of the notes on a diagnostic: comments only, of which nothing is printed."""
    texts = load_texts("engagement", language)

    def note(key: str) -> str:
        return texts(f"notes.{key}")

    finding = f"#   - {note('finding')}"
    lines = [
        *_prose(note("about")),
        "#",
        *_prose(note("answer")),
        "# answer: ",
        *_prose(note("findings")),
        "# findings:",
        finding,
        *_prose(note("recommendation")),
        "# recommendation:",
        f"#   - what: {note('what')}",
        f"#     who: {note('who')}",
        f"#     by_when: {note('by_when')}",
        f"#     effect: {note('effect')}",
        f"#     metric: {note('metric')}",
        *_prose(note("limitation")),
        "# limitation: ",
        "#",
        *_prose(note("figures")),
    ]
    return "\n".join(["---", *(line.rstrip() for line in lines), "---", ""])


def next_notes_text(language: str, *, period: str, front: str) -> str:
    """Return the draft of the notes of a next period: the last one's page 2 as comments.

    Without a page 2 of the consultant's it is the draft of a new engagement.

    Parameters
    ----------
    period
        The last one.
    front
        Front matter of its notes.
    """
    # YAML ends a line, and with it a comment, at more characters than a text file does.
    said = [UNSEEN.sub("", line).rstrip() for line in front.splitlines()]
    said = [line for line in said if line and not line.lstrip().startswith("#")]
    if not said or sum(map(len, said)) > _MOST_CARRIED:
        return notes_text(language)
    texts = load_texts("engagement", language)
    lines = [
        *_prose(texts("notes.about")),
        *_prose(texts("notes.of_before", period=period)),
        "#",
        *(f"# {line}" for line in said),
        "#",
        *_prose(texts("notes.figures")),
    ]
    return "\n".join(["---", *lines, "---", ""])
