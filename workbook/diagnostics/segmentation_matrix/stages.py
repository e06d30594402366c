"""Stages of a sale: those of the options in order, then what else the offers name."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import natural, texts
from workbook.diagnostics.segmentation_matrix.ledger import Ints
from workbook.diagnostics.segmentation_matrix.months import Days
from workbook.diagnostics.segmentation_matrix.names import key, positions

SPELLINGS = {
    "presentation": ("презентация", "представление", "prezentácia"),
    "proposal": ("offer", "quote", "предложение", "коммерческое предложение", "кп", "ponuka",
                 "cenová ponuka"),
    "contract": ("agreement", "договор", "контракт", "zmluva", "kontrakt"),
    "payment": ("invoice", "оплата", "платёж", "счёт", "platba", "úhrada", "faktúra"),
    "delivery": ("shipment", "поставка", "доставка", "отгрузка", "dodanie", "dodávka"),
    "closing": ("closed", "закрытие", "завершение", "uzavretie", "ukončenie"),
}  # fmt: skip
"""The source's stages as clients write them in other words and languages."""
CONTRACT = "contract"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stages:
    """Stages by code, and those of each row."""

    names: tuple[str, ...]
    codes: Ints
    """Stage of each row, -1 where blank."""
    unknown: tuple[str, ...]
    """Stages that the options do not name, in the order of their first day."""

    @property
    def by_contract(self) -> npt.NDArray[np.bool_]:
        """Rows at the stage of the contract or at a later one that the options name."""
        known = self.names[: len(self.names) - len(self.unknown)]
        first = positions(_all_forms(known)).get(CONTRACT, len(known))
        return np.asarray((self.codes >= first) & (self.codes < len(known)), dtype=bool)


def _all_forms(names: Iterable[str]) -> list[str]:
    """Return the names as the source calls them where they are its stages in other words."""
    plain = {key(form): name for name, forms in SPELLINGS.items() for form in forms}
    return [plain.get(key(name), key(name)) for name in names]


def stages(offers: pd.DataFrame, day: Days, known: tuple[str, ...]) -> Stages:
    """Return the stages of offers, matched without case, spaces and accents.

    The source's stages are known in English, Russian and Slovak where the options name them.
    """
    place = positions(known)
    for name, forms in SPELLINGS.items():
        if key(name) in place:
            place |= {key(form): place[key(name)] for form in forms if key(form) not in place}
    cells = texts(offers, "stage")
    folded = {word: key(word) for word in cells.unique() if word}
    first: dict[str, tuple[int, str]] = {}
    for word, when in zip(cells, day.astype(np.int64).tolist(), strict=True):
        if word and folded[word] not in place:
            known_as = first.get(folded[word], (when, word))
            first[folded[word]] = min(known_as, (when, word))
    added = sorted(first, key=lambda k: (first[k][0], natural(first[k][1])))
    place |= {k: len(known) + at for at, k in enumerate(added)}
    unknown = tuple(first[k][1] for k in added)
    codes = [place[folded[word]] if word else -1 for word in cells]
    return Stages(names=(*known, *unknown), codes=np.array(codes, dtype=np.int64), unknown=unknown)
