"""Whatever engagement.toml says: an engagement, or problems with their sentences."""

import math
from datetime import date
from functools import cache
from typing import Any

from fuzzing import assert_worded, bounded, examples, folder_of, toml
from fuzzing import text as toml_text
from hypothesis import example, given
from hypothesis import strategies as st

from workbook.diagnostics import all_diagnostics, param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.settings import Engagement, TableOptions
from workbook.engagement.whatif_section import SECTIONS
from workbook.errors import InputError
from workbook.intake.schema_files import all_schemas

GOOD = {
    "schema_version": 1,
    "id": "acme",
    "client": "Acme",
    "language": "en",
    "currency": "EUR",
    "period": "2025",
    "as_of": date(2025, 12, 31),
}


def load(content: bytes) -> Engagement | None:
    """Load a configuration; every problem must have its sentences."""
    with folder_of({"engagement.toml": content}) as folder, bounded():
        try:
            return load_engagement(folder, param_types())
        except InputError as refused:
            problems = refused.problems
    assert problems
    assert_worded(problems)
    return None


def configuration(said: dict[str, Any]) -> bytes:
    lines = [f"{toml_text(key)} = {toml(value)}" for key, value in said.items()]
    return "\n".join(lines).encode("utf-8")


@cache
def known_keys() -> list[str]:
    """Return words that are keys somewhere in engagement.toml."""
    names = [*GOOD, "status", "diagnostics", "previous", "intake", "brand", "params", "columns"]
    names += [
        "whatif",
        *SECTIONS,
        *(key for kind in SECTIONS.values() for key in kind.model_fields),
    ]
    names += TableOptions.__dataclass_fields__
    for name, schema in all_schemas().items():
        names += [name, *(column.name for column in schema.columns)]
    for diagnostic in all_diagnostics():
        names += [diagnostic.name, *diagnostic.params.__dataclass_fields__]
    return sorted({*names, "name", "author", "logo", "color", "primary", "font", "not"})


keys = st.deferred(lambda: st.sampled_from(known_keys())) | st.text(max_size=8)
leaves = (
    st.booleans()
    | st.integers()
    | st.floats().filter(lambda number: not math.isnan(number) and not math.isinf(number))
    | st.text(max_size=20)
    | st.dates()
    | st.sampled_from(["loyalty", "../x", "*", "", "dmy", "cp1251", "%d", "#123456", "a" * 500])
)
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@examples(150)
@given(said=st.dictionaries(keys, trees, max_size=5))
def test_any_tree_beside_the_keys_that_there_must_be(said: dict[str, Any]) -> None:
    load(configuration({**GOOD, **said}))


@examples(60)
@given(said=st.dictionaries(keys, trees, max_size=8))
def test_any_tree_alone(said: dict[str, Any]) -> None:
    load(configuration(said))


@examples(150)
@given(data=st.data())
def test_any_value_of_a_known_section(data: st.DataObject) -> None:
    where = data.draw(st.sampled_from(["params", "intake", "brand", "whatif"]))
    if where == "params":
        diagnostic = data.draw(st.sampled_from(all_diagnostics()))
        names, inside = list(diagnostic.params.__dataclass_fields__), diagnostic.name
    elif where == "intake":
        inside = data.draw(st.sampled_from(sorted(all_schemas())))
        names = [*TableOptions.__dataclass_fields__, "file"]
    elif where == "whatif":
        inside = data.draw(st.sampled_from(sorted(SECTIONS)))
        names = list(SECTIONS[inside].model_fields)
    else:
        names, inside = ["name", "author", "logo", "color", "primary", "secondary", "font"], ""
    said = data.draw(st.dictionaries(st.sampled_from(names), trees, min_size=1, max_size=3))
    load(configuration({**GOOD, where: {inside: said} if inside else said}))


PIECES = ('"', "'", "=", "[", "]", "{", "}", "[[", ".", "#", "\n", "\r", "\0", '"""', "\\u", "_")
WORDS = (
    "inf",
    "-nan",
    "0x1F",
    "1e400",
    "2025-13-01",
    "1979-05-27T07:32:00Z",
    "true",
    "\ufeff",
    "é",
)
WHOLE = configuration(
    {
        **GOOD,
        "status": "final",
        "diagnostics": ["loyalty", "churn_reasons"],
        "intake": {"decimal": ",", "survey": {"columns": {"score": "Q1"}, "drop_rows": [2, "x*"]}},
        "brand": {"name": "B", "color": {"primary": "#0b5394"}},
        "params": {"loyalty": {"min_n": 10, "confidence": 0.95}},
        "whatif": {
            "reason": {"reason": "late_delivery", "win_back": 0.25},
            "discount": {"steps": [[1000000, 2], [5000000, 5.5]], "margin": 0.3},
            "manager": {"manager": ""},
        },
    }
).decode()


@examples(200)
@given(
    how=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 20), st.sampled_from((*PIECES, *WORDS, ""))),
        min_size=1,
        max_size=4,
    )
)
@example(how=[])
def test_a_good_file_with_changes(how: list[tuple[float, int, str]]) -> None:
    text = WHOLE
    for place, length, piece in how:
        at = int(place * len(text))
        text = text[:at] + piece + text[at + length :]
    loaded = load(text.encode("utf-8"))
    assert how or loaded is not None


@examples(40)
@given(content=st.binary(max_size=200))
def test_bytes_of_any_kind(content: bytes) -> None:
    load(content)
    load(WHOLE.encode() + b"\n" + content)
