"""Dictionaries kept in parts: the same words as simplemma's own, whatever became of the file."""

import os

import pytest
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from workbook.language.kept_words import KeptDictionaries, KeptWords, keep
from workbook.language.package_data import cache_folder

WORDS = {"prices": "price", "price": "price", "better": "good", "ceny": "cena", "a": "a"}


def never():
    pytest.fail("the file is good")


@pytest.fixture(scope="module")
def english():
    return DefaultDictionaryFactory().get_dictionary("en")


@pytest.fixture
def kept(tmp_path):
    """Return the file of a small dictionary."""
    path = tmp_path / "words"
    keep(WORDS, path)
    return path


def test_a_dictionary_is_kept_whole_and_read_in_parts(english, tmp_path):
    first = KeptDictionaries(tmp_path).get_dictionary("en")  # simplemma's, which is kept
    assert not isinstance(first, KeptWords)
    words = KeptDictionaries(tmp_path).get_dictionary("en")
    assert isinstance(words, KeptWords)
    assert [words.get(form) for form in ("prices", "Zzyzx", "", "qqq")] == ["price", *[None] * 3]
    assert dict(words) == dict(english)
    assert len(words) == len(english)


def test_only_the_parts_of_the_words_asked_for_are_read(kept):
    words = KeptWords(kept, never)
    assert words["prices"] == "price"
    kept.unlink()
    assert words["price"] == "price"  # it begins with the same letters
    whole = KeptDictionaries(None)
    whole.read_whole()  # of none


@pytest.mark.parametrize("spoil", ["cut", "garbled", "other words", "gone"])
def test_a_file_that_was_spoilt_changes_no_word(kept, spoil):
    words = KeptWords(kept, lambda: WORDS)
    content = kept.read_bytes()
    index, _, parts = content.partition(b"\n")
    if spoil == "cut":
        kept.write_bytes(content[: -len(parts) // 2])
    elif spoil == "garbled":
        kept.write_bytes(index + b"\n" + bytes(len(parts)))
    elif spoil == "other words":
        keep(dict.fromkeys(list(WORDS)[:1], "x"), kept)
    else:
        kept.unlink()
    assert {form: words.get(form) for form in (*WORDS, "ceniť")} == {**WORDS, "ceniť": None}


@pytest.mark.parametrize("content", [b"", b"\x00", b"[]\n", b"{"])
def test_another_file_in_its_place_is_written_anew(english, tmp_path, content):
    KeptDictionaries(tmp_path).get_dictionary("en")
    (path,) = tmp_path.iterdir()
    good = path.read_bytes()
    path.write_bytes(content)
    assert KeptDictionaries(tmp_path).get_dictionary("en")["prices"] == english["prices"]
    assert path.read_bytes() == good
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("nowhere", ["no folder", "a file"])
def test_without_a_place_to_keep_it_the_words_are_there(english, tmp_path, nowhere):
    (tmp_path / "a file").touch()
    words = KeptDictionaries(None if nowhere == "no folder" else tmp_path / nowhere)
    assert words.get_dictionary("en")["prices"] == english["prices"]
    with pytest.raises(ValueError, match="xx"):
        words.get_dictionary("xx")


def test_it_is_kept_where_the_user_keeps_such_things(monkeypatch, tmp_path):
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path))
    assert cache_folder() == tmp_path / "consulting-workbook"
