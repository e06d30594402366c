"""YAML read by libyaml where PyYAML was built with it: ten times as fast as in Python.

What a damaged file is told is the same with and without it: a text that libyaml refuses is read
again in Python, whose errors name the line, and so is a text nested so deeply that libyaml would
exhaust the stack.  Of sound YAML libyaml reads a little more: a tab inside a text, a question
mark inside a word in brackets.
"""

from typing import Any

import yaml

_VALUES: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 100


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
    yaml.YAMLError
        When the text is not YAML; ``problem_mark`` has the line.
    RecursionError
        When it is nested absurdly.
    """
    if _is_flat(text):
        try:
            return yaml.load(text, Loader=_WORDS)
        except yaml.YAMLError:
            pass  # told again below, by the loader whose words and lines are the same everywhere
    return yaml.load(text, Loader=yaml.BaseLoader)


def _is_flat(text: str) -> bool:
    """Tell whether a text is YAML, nested no deeper than people nest it."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_WORDS):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST:
                return False
    except yaml.YAMLError:
        return False
    return True
