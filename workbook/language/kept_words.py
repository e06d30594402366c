"""Dictionaries of word forms, kept in parts so that a report reads the few that its words need.

simplemma unpacks a whole dictionary before it looks up its first word (Slovak: 900,000 forms,
0.6 s).  Here it is written once into the user's cache, beside what matplotlib keeps there: one
part for all forms that begin with the same letters.  Where nothing can be written or what lies
there cannot be read, simplemma's own is used; the forms are the same.
"""

import json
import os
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

_LETTERS = 3
"""That the forms of a part have in common."""
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, zlib.error)


class KeptDictionaries:
    """Gives simplemma its dictionaries (its protocol ``DictionaryFactory``).

    Parameters
    ----------
    folder
        Where they are kept; None: nowhere.
    """

    def __init__(self, folder: Path | None) -> None:
        from simplemma import __version__

        self._folder = folder
        self._version = __version__
        self._known: dict[str, Mapping[str, str]] = {}

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """Return the dictionary forms of a language by form."""
        if lang not in self._known:
            self._known[lang] = self._kept(lang) or self._whole(lang)
        return self._known[lang]

    def read_whole(self) -> None:
        """Read every part of the dictionaries that were asked for."""
        for words in self._known.values():
            if isinstance(words, KeptWords):
                words.read_whole()

    def _kept(self, lang: str) -> "KeptWords | None":
        path = self._path(lang)
        with suppress(*_UNREADABLE):
            return KeptWords(path, lambda: self._whole(lang)) if path else None
        return None

    def _whole(self, lang: str) -> Mapping[str, str]:
        """Return simplemma's own dictionary, and keep it for the next process."""
        from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

        words: Mapping[str, str] = DefaultDictionaryFactory().get_dictionary(lang)
        path = self._path(lang)
        if path is not None:
            with suppress(OSError):
                keep(words, path)
        return words

    def _path(self, lang: str) -> Path | None:
        return self._folder and self._folder / f"words-{lang}-{self._version}"


class KeptWords(Mapping[str, str]):
    """A dictionary in a file, read part by part.

    Raises
    ------
    OSError, ValueError
        When it is not there, or not what :func:`keep` writes.
    """

    def __init__(self, path: Path, instead: Callable[[], Mapping[str, str]]) -> None:
        self._path = path
        self._instead = instead
        """Returns the same words where a part turns out to be unreadable."""
        with path.open("rb") as file:
            parts = json.loads(file.readline())
            self._begin = file.tell()
        if not isinstance(parts, dict):
            raise ValueError("another file")
        self._parts: dict[str, list[int]] = parts
        self._read: dict[str, Mapping[str, str]] = {}
        self._other: Mapping[str, str] | None = None

    def __getitem__(self, form: str) -> str:
        part = self._read.get(form[:_LETTERS])
        return (self._part(form[:_LETTERS]) if part is None else part)[form]

    def __iter__(self) -> Iterator[str]:
        return (form for name in self._parts for form in self._part(name))

    def __len__(self) -> int:
        return sum(count for _, _, count in self._parts.values())

    def read_whole(self) -> None:
        """Read every part."""
        for name in self._parts:
            self._part(name)

    def _part(self, name: str) -> Mapping[str, str]:
        if name not in self._read:
            self._read[name] = self._found(name)
        return self._read[name]

    def _found(self, name: str) -> Mapping[str, str]:
        if self._other is None and name not in self._parts:
            return {}
        with suppress(*_UNREADABLE):
            if self._other is None:
                return self._of_file(*self._parts[name])
        self._other = self._other or self._instead()
        return {form: word for form, word in self._other.items() if form[:_LETTERS] == name}

    def _of_file(self, start: int, size: int, count: int) -> Mapping[str, str]:
        # Opened anew each time: forked processes would share the place in an open file.
        with self._path.open("rb") as file:
            file.seek(self._begin + start)
            words: dict[str, str] = json.loads(zlib.decompress(file.read(size)))
        if len(words) != count:
            raise ValueError("another part")
        return words


def keep(words: Mapping[str, str], path: Path) -> None:
    """Write a dictionary in parts; whoever reads meanwhile sees the file before or after.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    for form, word in words.items():
        parts[form[:_LETTERS]][form] = word
    packed = {
        name: zlib.compress(json.dumps(part, ensure_ascii=False).encode("utf-8"), 1)
        for name, part in parts.items()
    }
    places: dict[str, tuple[int, int, int]] = {}
    start = 0
    for name, content in packed.items():
        places[name] = (start, len(content), len(parts[name]))
        start += len(content)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    number, part_path = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(number, "wb") as file:  # noqa: PTH123 - of an open file
            file.write(json.dumps(places).encode("ascii") + b"\n" + b"".join(packed.values()))
        os.replace(part_path, path)  # noqa: PTH105 - as a pair with mkstemp
    except BaseException:
        with suppress(OSError):
            os.unlink(part_path)  # noqa: PTH108
        raise
