"""YAML read by libyaml where PyYAML was built with it: ten times as fast as in Python.

What a damaged file is told is the same with and without it: a text that libyaml refuses is read
again in Python, whose errors name the line.  Of sound YAML libyaml reads a little more: a tab
inside a text, a question mark inside a word in brackets.

A text that a client may have written is bounded before a tree is made of it: in its levels, its
entries, and in references, which let a few lines stand for billions of words.
"""

from typing import Any

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
