"""Sentences for the open answers, drawn without repetition until a theme is used up."""

from pathlib import Path
from random import Random
from typing import Any

import yaml

from data_samples.generate.spec import Product

NAMES = ("Ирина", "Priya")
PHRASES = Path(__file__).parent / "phrases"


class Bank:
    """The phrases of one language.  ``answer`` remembers what it used: one bank per folder."""

    def __init__(self, language: str, products: tuple[Product, ...]) -> None:
        path = PHRASES / f"{language}.yaml"
        self._words: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        self._models = [model for product in products for model in product.models]
        self._left: dict[tuple[str, str], list[str]] = {}
        self._said: set[str] = set()

    def word(self, kind: str, chance: Random) -> str:
        """Return a short answer without a theme."""
        return str(chance.choice(self._words[kind]))

    def answer(self, themes: list[str], tone: str, chance: Random) -> str:
        """Return an answer that names ``themes`` and was not given before, if there is one."""
        for _ in range(4):
            text = self._compose(themes, tone, chance)
            if text not in self._said:
                break
        self._said.add(text)
        return text

    def _compose(self, themes: list[str], tone: str, chance: Random) -> str:
        text = self._phrase(themes[0], tone, chance)
        for theme in themes[1:]:
            joint = chance.choice(self._words["joints"])
            text += joint + _continued(self._phrase(theme, tone, chance), joint)
        return text + str(chance.choice(self._words["tails"][tone]))

    def _phrase(self, theme: str, tone: str, chance: Random) -> str:
        left = self._left.get((theme, tone))
        if not left:
            left = list(self._words["themes"][theme][tone])
            chance.shuffle(left)
            self._left[theme, tone] = left
        phrase = str(left.pop())
        weeks = chance.choice(self._words["numbers"])
        return phrase.format(model=chance.choice(self._models), weeks=weeks)


def _continued(phrase: str, joint: str) -> str:
    """Write the phrase small after a joint that does not end a sentence."""
    if joint.strip() == "." or phrase.startswith(NAMES):
        return phrase
    if phrase[:2].isalpha() and phrase[:2].isupper():
        return phrase
    return phrase[0].lower() + phrase[1:]
