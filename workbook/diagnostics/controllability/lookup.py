"""Questionnaires and items by the names that a client's file gives them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from workbook.diagnostics.controllability.questionnaire import MAIN_QUESTIONNAIRE, Questionnaire
from workbook.language.lemmas import bare
from workbook.language.nearest import nearest, plain


def item_key(name: str) -> str:
    """Return an item's id for comparison.

    >>> item_key(" 1,10. ")
    '1.10'
    """
    return plain(name).replace(",", ".").rstrip(".")


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names of all questionnaires."""

    questionnaires: tuple[Questionnaire, ...]

    def questionnaire(self, name: str) -> str:
        """Return the id of the questionnaire called so (id, title in any language, alias).

        A blank name means ``controllability``; an unknown one gives "".
        """
        return self._ids.get(bare(name), "") if name.strip() else MAIN_QUESTIONNAIRE

    def nearest_questionnaire(self, name: str) -> str:
        """Return the id most like a misspelt one; "" of none."""
        near = nearest(bare(name), self._ids)
        return self._ids.get(near, "")

    def items(self, questionnaire: str) -> Mapping[str, str]:
        """Return the item ids of a questionnaire by :func:`item_key`."""
        return self._items.get(questionnaire, {})

    def get(self, questionnaire: str) -> Questionnaire | None:
        """Return the questionnaire with this id."""
        return next((q for q in self.questionnaires if q.id == questionnaire), None)

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {
            bare(name): one.id
            for one in self.questionnaires
            for name in (*one.title.values(), *one.also_called, one.id)
        }

    @cached_property
    def _items(self) -> dict[str, dict[str, str]]:
        return {one.id: _by_key(item.id for item in one.items) for one in self.questionnaires}


def _by_key(ids: Iterable[str]) -> dict[str, str]:
    return {item_key(item): item for item in ids}
