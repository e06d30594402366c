"""Moving finished files into place, so that what is there is always a whole report.

The files of a report go from the private folder of the run to their final names one by one, each
in an instant; a journal beside them and the earlier files, linked aside, make the whole of it
one step: when it is broken off, by an error or by the end of the process, the earlier report is
put back (:func:`deliver` at once, :func:`recover` in the next run).  The manifest decides what
counts as made.
"""

import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from workbook import manifest as manifests
from workbook.batch.places import Places
from workbook.manifest import Entry, Made, write_whole

_JOURNAL = "journal.json"
_EARLIER = "earlier"
INDEX = "client/index.html"
"""The client's page, written together with the manifest."""
_SIGNALS = [getattr(signal, n) for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n)]


@contextmanager
def private_folder(places: Places) -> Iterator[Path]:
    """Yield a folder that only this user can read, on the file system of the output.

    It is gone afterwards, whatever happened, and so are folders that nothing was put into.
    """
    places.home.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=_prefix(places), dir=places.home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def recover(places: Places, *, but: Path | None = None) -> None:
    """Undo what a killed run left half moved, and remove its folders, except one's own.

    Call it while holding the lock.
    """
    for folder in places.home.glob(f"{_prefix(places)}*"):
        if folder == but:
            continue
        for journal in sorted(folder.glob(f"*/{_JOURNAL}")):
            _undo_unless_told(places, journal)
        shutil.rmtree(folder, ignore_errors=True)
    for left in places.home.glob(f"{places.lock.name}.*"):  # a lock that was about to be made
        left.unlink(missing_ok=True)


def _prefix(places: Places) -> str:
    return f".{places.period}.work-"


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C and requests to end wait until the body is through (an instant)."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def delivered(
    places: Places, diagnostic: str, folder: Path, made: Sequence[Made], earlier: Entry | None
) -> Iterator[None]:
    """Move the files from ``folder`` into place around the body, which writes the manifest.

    What an earlier report of the diagnostic left and this one has not is removed: last month's
    PDF must not lie beside today's page.  When anything fails, the body included, everything
    is as it was.
    """
    gone = {m.file for m in earlier.made} - {m.file for m in made} if earlier else set()
    touched = sorted({m.file for m in made} | gone | {INDEX})
    for one in made:
        _flush(folder / one.file)
    _set_aside(places, folder / _EARLIER, touched)
    journal = folder / _JOURNAL
    said = {"diagnostic": diagnostic, "touched": touched, "made": _hashes(made)}
    write_whole(journal, json.dumps(said).encode())
    try:
        for one in made:
            (places.root / one.file).parent.mkdir(parents=True, exist_ok=True)
            os.replace(folder / one.file, places.root / one.file)  # noqa: PTH105 - the atomic one
        for name in sorted(gone):
            (places.root / name).unlink(missing_ok=True)
        yield
    except BaseException:
        _undo_unless_told(places, journal)
        raise
    journal.unlink(missing_ok=True)


def _hashes(made: Iterable[Made]) -> dict[str, str]:
    return {one.file: one.sha256 for one in made}


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _set_aside(places: Places, aside: Path, names: Sequence[str]) -> None:
    """Keep the earlier files under a second name (a copy where links are not possible)."""
    for name in names:
        if (places.root / name).is_file():
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(places.root / name, aside / name)
            except OSError:
                shutil.copy2(places.root / name, aside / name)


def _put_back(places: Places, aside: Path, names: Sequence[str]) -> None:
    for name in names:
        kept, final = aside / name, places.root / name
        with suppress(OSError):
            if kept.is_file():
                os.replace(kept, final)  # noqa: PTH105
            else:
                final.unlink(missing_ok=True)


def _undo_unless_told(places: Places, journal: Path) -> None:
    """Put the earlier files back, unless the manifest already tells of the new ones."""
    try:
        content = json.loads(journal.read_bytes())
        made, touched = dict(content["made"]), list(content["touched"])
        diagnostic = str(content["diagnostic"])
    except (OSError, ValueError, KeyError, TypeError):
        return  # torn: written before anything was moved
    manifest = manifests.read(places.manifest)
    entry = manifest.diagnostics.get(diagnostic) if manifest else None
    if entry is None or _hashes(entry.made) != made:
        _put_back(places, journal.parent / _EARLIER, touched)
