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
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from workbook.engagement import manifest as manifests
from workbook.engagement.manifest import Entry, Made
from workbook.engagement.output_paths import OutputPaths
from workbook.report.whole_file import write_whole

_JOURNAL = "journal.json"
_EARLIER = "earlier"
INDEX = "client/index.html"
"""The client's page, written together with the manifest."""
ORIGIN = "internal/made_from.json"
"""Which folder the reports are made from, likewise."""
_SIGNALS = [getattr(signal, n) for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n)]


@contextmanager
def private_folder(paths: OutputPaths) -> Iterator[Path]:
    """Yield a folder that only this user can read, on the file system of the output.

    It is gone afterwards, whatever happened; only when earlier files could not be put back from
    it, it stays for :func:`recover`.
    """
    paths.home.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=_prefix(paths), dir=paths.home))
    try:
        yield folder
    finally:
        if not _journals(folder):
            shutil.rmtree(folder, ignore_errors=True)


def is_left_over(paths: OutputPaths) -> bool:
    """Return whether a run is under way, or was killed and left its private folder or lock."""
    names = (f"{_prefix(paths)}*", f"{paths.lock.name}*")
    return any(path for name in names for path in paths.home.glob(name))


def recover(paths: OutputPaths, *, but: Path | None = None) -> None:
    """Undo what a killed run left half moved, and remove its folders, except one's own.

    Call it while holding the lock.

    Raises
    ------
    OSError
        When an earlier file cannot be put back; what is needed for it is kept.
    """
    for folder in paths.home.glob(f"{_prefix(paths)}*"):
        if folder == but:
            continue
        for journal in _journals(folder):
            _undo_unless_in_manifest(paths, journal)
        shutil.rmtree(folder, ignore_errors=True)
    for left in paths.home.glob(f"{paths.lock.name}.*"):  # a lock that was about to be made
        left.unlink(missing_ok=True)
    for part in paths.root.rglob(".*.part"):  # a file that was being written
        part.unlink(missing_ok=True)


def _journals(folder: Path) -> list[Path]:
    """Return the journals of deliveries that are neither finished nor undone.

    They lie in the folders that reports are made in: ``<diagnostic>/try-<...>``.
    """
    return sorted(folder.glob(f"*/*/{_JOURNAL}"))


def _prefix(paths: OutputPaths) -> str:
    return f".{paths.period}.work-"


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C and requests to end wait until the body is through (an instant).

    Blocking the signals would not do: another thread takes them, and the main one is interrupted.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {n: signal.signal(n, lambda number, frame: came.append(number)) for n in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        if came:
            signal.raise_signal(came[0])


@contextmanager
def delivered(
    paths: OutputPaths, diagnostic: str, folder: Path, made: Sequence[Made], earlier: Entry | None
) -> Iterator[None]:
    """Move the files from ``folder`` into place around the body, which writes the manifest.

    What an earlier report of the diagnostic left and this one has not is removed: last month's
    PDF must not lie beside today's page.  When anything fails, the body included, everything
    is as it was.
    """
    gone = {m.file for m in earlier.made} - {m.file for m in made} if earlier else set()
    touched = sorted({m.file for m in made} | gone | {INDEX, ORIGIN})
    # On the disk before it has its name: after a power cut a name without content would pass for
    # a report.
    for one in made:
        _flush(folder / one.file)
    kept = _set_aside(paths, folder / _EARLIER, touched)
    journal = folder / _JOURNAL
    # The journal is there before the first file moves, so whatever breaks off can be undone.
    said = {"diagnostic": diagnostic, "touched": touched, "kept": kept, "made": _hashes(made)}
    write_whole(journal, json.dumps(said).encode())
    try:
        for one in made:
            (paths.root / one.file).parent.mkdir(parents=True, exist_ok=True)
            os.replace(folder / one.file, paths.root / one.file)  # noqa: PTH105 - the atomic one
        for name in sorted(gone):
            (paths.root / name).unlink(missing_ok=True)
        yield
    except BaseException:  # Ctrl-C, too: half a report must not stay
        with suppress(OSError):  # the next run tries again
            _undo_unless_in_manifest(paths, journal)
        raise
    journal.unlink(missing_ok=True)


def _hashes(made: Iterable[Made]) -> dict[str, str]:
    return {one.file: one.sha256 for one in made}


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _set_aside(paths: OutputPaths, aside: Path, names: Sequence[str]) -> list[str]:
    """Keep the earlier files under a second name (a copy where links are not possible)."""
    kept = [name for name in names if (paths.root / name).is_file()]
    for name in kept:
        (aside / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(paths.root / name, aside / name)
        except OSError:
            shutil.copy2(paths.root / name, aside / name)
    return kept


def _put_back(paths: OutputPaths, aside: Path, names: Iterable[str], kept: Iterable[str]) -> None:
    """Make the files what they were; what was put back before, by a run that was killed, is."""
    for name in set(names) - set(kept):
        (paths.root / name).unlink(missing_ok=True)
    for name in kept:
        if (aside / name).is_file():
            (paths.root / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(aside / name, paths.root / name)  # noqa: PTH105


def _undo_unless_in_manifest(paths: OutputPaths, journal: Path) -> None:
    """Put the earlier files back, unless the manifest already tells of the new ones.

    The journal goes last: what is broken off before is done again.
    """
    try:
        content = json.loads(journal.read_bytes())
        made, touched, kept = dict(content["made"]), content["touched"], content["kept"]
        diagnostic = str(content["diagnostic"])
    except (OSError, ValueError, KeyError, TypeError):
        return  # torn: written before anything was moved
    manifest = manifests.read(paths.manifest)
    entry = manifest.diagnostics.get(diagnostic) if manifest else None
    # A run that was killed between the manifest and the end of the journal has delivered all.
    if entry is None or _hashes(entry.made) != made:
        _put_back(paths, journal.parent / _EARLIER, touched, kept)
    journal.unlink(missing_ok=True)
