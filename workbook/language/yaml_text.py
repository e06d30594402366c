"""YAML read by libyaml where PyYAML was built with it: ten times as fast as in Python.

What a damaged file is told is the same with and without it: a text that libyaml refuses is read
again in Python, whose errors name the line.  Of sound YAML libyaml reads a little more: a tab
inside a text, a question mark inside a word in brackets.

A text that a client may have written is bounded before a tree is made of it: in its levels, its
entries, and in references, which let a few lines stand for billions of words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

_VALUES: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEEPEST = 30
"""Levels of a client's text; the questionnaires that come with the program have six."""
MOST_NODES = 50_000
"""Words, lists and groups of a client's text; the longest shipped file has 3,000."""
_TOLD_AGAIN = 100_000
"""Characters up to which a damaged text is read again in Python, for the sake of its words."""


class BeyondBoundsError(yaml.YAMLError):
    """A text that no person writes; ``code`` and ``most`` say which bound it breaks."""

    def __init__(self, code: str, *, line: int, most: int = 0) -> None:
        super().__init__(f"{code} in line {line}")
        self.code = code
        self.line = line
        """Counted from 1."""
        self.most = most


def yaml_values(text: str) -> Any:
    """Return the tree of a text of our own: numbers, days and truth values are such.

    Raises
    ------
    yaml.YAMLError
        When the text is not YAML.
    """
    return yaml.load(text, Loader=_VALUES)


def yaml_words(text: str) -> Any:
    """Return the tree of a text that a client may have written: every scalar as it is written.

    ``yes`` and ``no`` are words here, not truth values, and ``1.10`` is no number.

    Raises
    ------
    BeyondBoundsError
        When it is nested absurdly, has too many entries, or anchors and references.
    yaml.YAMLError
        When the text is not YAML; ``problem_mark`` has the line.
    """
    try:
        _check_bounds(text)
        return yaml.load(text, Loader=_WORDS)
    except BeyondBoundsError:
        raise
    except yaml.YAMLError:
        if len(text) > _TOLD_AGAIN:
            raise
    return yaml.load(text, Loader=yaml.BaseLoader)  # told by the words that are the same everywhere


Path: TypeAlias = tuple[str | int, ...]
"""Keys and places that lead to a value, from the root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedWords:
    """The tree of a text as :func:`yaml_words` gives it, with the lines that it stands on."""

    tree: Any
    lines: Mapping[Path, tuple[int, int]]
    """First and last line of every value and of the keys of groups, counted from 1."""
    repeated: tuple[tuple[Path, int], ...]
    """Keys that a group has already, each with its line; the first value stands in the tree."""


def located_words(text: str) -> LocatedWords:
    r"""Return the tree of a text of a few lines that a client may have written, with its lines.

    Raises
    ------
    BeyondBoundsError, yaml.YAMLError
        As :func:`yaml_words`.

    Examples
    --------
    >>> found = located_words("a: 1\nb:\n  - c\n")
    >>> found.tree, found.lines[("b", 0)]
    ({'a': '1', 'b': ['c']}, (3, 3))
    """
    try:
        _check_bounds(text)
    except BeyondBoundsError:
        raise
    except yaml.YAMLError:
        yaml.compose(text, Loader=yaml.BaseLoader)  # told by the words that are the same everywhere
        raise
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    places = dict(_places(root, ())) if root is not None else {}
    repeated = tuple(_repeated(root, ())) if root is not None else ()
    return LocatedWords(tree=_tree(root), lines=places, repeated=repeated)


def _tree(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        group: dict[str, Any] = {}
        for key, value in node.value:
            group.setdefault(_key(key), _tree(value))
        return group
    if isinstance(node, yaml.SequenceNode):
        return [_tree(value) for value in node.value]
    return None if node is None else node.value


def _key(node: yaml.Node) -> str:
    """Return a key as text: a list or group is none, whatever it holds."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _places(node: yaml.Node, path: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    yield path, (node.start_mark.line + 1, node.end_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in reversed(node.value):  # of a repeated key the first one stands
            yield from _places(value, (*path, _key(key)))
            lines = (key.start_mark.line + 1, value.end_mark.line + 1)
            yield (*path, _key(key)), lines
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield from _places(value, (*path, place))


def _repeated(node: yaml.Node, path: Path) -> Iterator[tuple[Path, int]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = _key(key)
            if name in seen:
                yield (*path, name), key.start_mark.line + 1
            seen.add(name)
            yield from _repeated(value, (*path, name))
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield from _repeated(value, (*path, place))


class _Part:
    """A list or group that is being gone through, as it is once references are written out."""

    def __init__(self, anchor: str | None) -> None:
        self.anchor = anchor
        self.nodes = 1
        self.levels = 1

    def take(self, nodes: int, levels: int) -> None:
        self.nodes += nodes
        self.levels = max(self.levels, 1 + levels)


def _check_bounds(text: str) -> None:
    """Go through the text once without making a tree of it."""
    if text.count("\n%") > 2:  # directives, which the parser compares with each other
        raise BeyondBoundsError("yaml_too_long", line=1, most=MOST_NODES)
    size = _Size()
    for event in yaml.parse(text, Loader=_WORDS):
        if isinstance(event, yaml.CollectionEndEvent):
            size.close()
        elif isinstance(event, yaml.CollectionStartEvent):
            size.open.append(_Part(event.anchor))
        elif isinstance(event, yaml.AliasEvent):
            size.refer(str(event.anchor), _line(event))
        elif isinstance(event, yaml.ScalarEvent):
            size.add(_Part(event.anchor))
        if size.nodes > MOST_NODES:
            raise BeyondBoundsError("yaml_too_long", line=_line(event), most=MOST_NODES)
        if size.levels > DEEPEST:
            raise BeyondBoundsError("yaml_too_deep", line=_line(event), most=DEEPEST)


class _Size:
    """How large the tree is so far, with references written out."""

    def __init__(self) -> None:
        self.open = [_Part(None)]
        self._anchored: dict[str, _Part] = {}

    @property
    def nodes(self) -> int:
        return sum(part.nodes for part in self.open)

    @property
    def levels(self) -> int:
        return len(self.open) + self.open[-1].levels - 2

    def add(self, part: _Part) -> None:
        self.open[-1].take(part.nodes, part.levels)
        if part.anchor:
            self._anchored[part.anchor] = part

    def close(self) -> None:
        self.add(self.open.pop())

    def refer(self, anchor: str, line: int) -> None:
        if any(anchor == part.anchor for part in self.open):
            raise BeyondBoundsError("yaml_reference", line=line)
        known = self._anchored.get(anchor)  # of an unknown one the loader tells
        if known is not None:
            self.open[-1].take(known.nodes, known.levels)


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return 1 if mark is None else mark.line + 1
