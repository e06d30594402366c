"""What the models of engagement.toml share: nothing is converted, and no key is unknown."""

import re
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

STRICT = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)
_BIDI_OR_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\u200b]")


def seen(text: str) -> str:
    """Return one line of text without blanks at its ends; it may be empty."""
    if _BIDI_OR_CONTROL.search(text):
        raise PydanticCustomError("control_characters", "control characters")
    return text.strip()


def one_line(text: str) -> str:
    """Return one line of text that says something."""
    if not text.strip():
        raise PydanticCustomError("empty_value", "nothing written")
    return seen(text)


Word = Annotated[str, Field(max_length=100), AfterValidator(one_line)]
Line = Annotated[str, Field(max_length=200), AfterValidator(one_line)]
LineOrBlank = Annotated[str, Field(max_length=200), AfterValidator(seen)]
