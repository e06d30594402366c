"""The workers of a running Dask cluster, which share the folders with this machine.

Work goes only to workers that have this program in this version, which are asked as they join
(:mod:`workbook.batch.cluster_members`); no more is handed over than they can do now, so that one
that joins later gets its share.  When a worker is lost the scheduler gives its work to another;
what it cannot place because all that were named are gone is handed over anew.
"""

import logging
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, InvalidStateError
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from time import monotonic
from types import TracebackType
from typing import Any, Self, TypeVar

from workbook import __version__
from workbook.batch.capacity import MemoryGate
from workbook.batch.cluster_members import ClusterMembers, begun, members_of
from workbook.batch.office_libraries import what_to_install
from workbook.batch.on_worker import in_forked_process
from workbook.batch.scheduler_address import check_address
from workbook.batch.tasks import ReportTask
from workbook.batch.workers import REPORT_SECONDS, WorkersLostError
from workbook.errors import RunError, UsageError

T = TypeVar("T")
A = TypeVar("A")

_CONNECT = 8
"""Seconds in which a scheduler must answer."""
_PATIENCE = 8.0
"""Seconds without any worker after which the run ends; a nanny starts a lost one within them."""
_LONGEST = 60.0
"""Seconds that workers may take to say which program they have, on a busy machine."""
_LOOK = 1.0
"""Seconds between two looks at who is there."""
_FIRST_LOOK = 0.1
"""The same while nothing can be done yet."""
_ATTEMPTS = 3
"""How many times work is handed over anew after all its workers were lost."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Job:
    """A piece of work until it is answered."""

    work: Callable[[Any], Any]
    task: Any
    formats: tuple[str, ...]
    """That its worker must be able to make."""
    answer: "Future[Any]" = field(default_factory=Future)
    current: "Future[Any] | None" = None
    """What the cluster will say; None while nobody can do it."""
    given_to: frozenset[str] = frozenset()
    attempts: int = 0


class DaskWorkers:
    """Workers of a Dask cluster.

    Parameters
    ----------
    address
        Of the scheduler.
    seconds
        How long a piece of work may take.
    languages
        Codes of languages whose dictionaries the workers read beforehand.
    """

    def __init__(
        self, address: str, seconds: float = REPORT_SECONDS, languages: Sequence[str] = ()
    ) -> None:
        self.lost = ""
        self._address = address
        self._seconds = seconds
        self._languages = tuple(languages)
        self._lock = threading.RLock()
        self._jobs: set[_Job] = set()
        self._over = threading.Event()
        self._leaving = ExitStack()
        self._client: Any
        self._pool: Executor
        self._members: ClusterMembers
        self._watcher = threading.Thread(target=self._watch, name="cluster", daemon=True)

    @property
    def jobs(self) -> int:
        """How many pieces of work may be under way: grows when workers join."""
        return max(1, self._members.threads)

    def __enter__(self) -> Self:
        from workbook.engagement.fingerprint import program_hash

        check_address(self._address)
        _check_dask()
        with ExitStack() as stack:
            stack.enter_context(_quiet())
            self._client = _connected(self._address)
            stack.callback(self._close)
            self._members = members_of(self._client, program_hash(), self._languages)
            self._wait_for_a_worker()
            self._pool = self._client.get_executor(pure=False)
            self._watcher.start()
            self._leaving = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._leaving:
            self._shut(wait=kind is None)
            self._watcher.join(_LOOK)

    def _close(self) -> None:
        self._over.set()
        with suppress(OSError, RuntimeError, TimeoutError):  # of a connection that is lost
            self._client.close()

    def _shut(self, *, wait: bool) -> None:
        """Take nothing more; without waiting, take back what has not begun."""
        self._over.set()
        if not self.lost:
            with suppress(OSError, RuntimeError, TimeoutError):
                self._pool.shutdown(wait=wait)

    def gate(self) -> MemoryGate:
        """Let in what the workers can do, and as much again to wait at their door."""
        return MemoryGate(lambda: 2 * self.jobs, budget=1 << 62)

    def remarks(self) -> tuple[str, ...]:
        """Return what is to be told and was not yet: workers that are passed over."""
        told = self._members.newly_passed_over()
        return (_passed_over(told),) if told else ()

    def stop(self) -> None:
        """Take back what has not begun."""
        self._shut(wait=False)

    def submit(self, work: Callable[[A], T], task: A) -> "Future[T]":
        """Have the work done by a worker; when the worker is lost, by another."""
        formats = task.formats if isinstance(task, ReportTask) else ()
        job = _Job(work=work, task=task, formats=formats)
        job.answer.add_done_callback(partial(self._forget, job))
        with self._lock:
            self._jobs.add(job)
            if self._client.status != "running":
                self._lose(_cut_off(self._address))
            if self.lost:
                _fail(job, WorkersLostError(self.lost))
            else:
                self._hand_over(job)
        return job.answer

    def _hand_over(self, job: _Job) -> None:
        """Give the work to those that can do it now; without any it waits for the next look."""
        able = self._members.able(job.formats)
        job.current, job.given_to = None, frozenset(able)
        if not able:
            if self._members.fit:
                _fail(job, RunError(_lacking(job.formats, self._members)))
            return
        if job.attempts > _ATTEMPTS:
            _fail(job, RunError(_dangerous(job.attempts)))
            return
        job.attempts += 1
        submit: Any = self._pool.submit
        job.current = current = submit(
            in_forked_process, job.work, job.task, self._seconds, workers=able
        )
        current.add_done_callback(partial(self._answered, job))

    def _answered(self, job: _Job, current: "Future[Any]") -> None:
        """Pass on what the cluster says, in Dask's thread."""
        with self._lock:
            if job.current is not current or job.answer.done():
                return  # handed over anew, or not wanted any more
            if current.cancelled():
                self._taken_back(job)
                return
        error = current.exception()
        if error is None:
            with suppress(InvalidStateError):
                job.answer.set_result(current.result())
        else:
            _fail(job, _worded(error))

    def _taken_back(self, job: _Job) -> None:
        """See to work that Dask has cancelled: its scheduler is gone, or somebody restarted it."""
        if self._over.is_set():
            job.answer.cancel()
        elif self._client.status == "running":
            self._hand_over(job)
        else:
            self._lose(_cut_off(self._address))

    def _forget(self, job: _Job, answer: "Future[Any]") -> None:
        with self._lock:
            self._jobs.discard(job)
            current, job.current = job.current, None
        if answer.cancelled() and current is not None:
            current.cancel()

    def _lose(self, reason: str) -> None:
        """Nothing more can be done: say so to all that wait."""
        with self._lock:
            self.lost = self.lost or f"{reason}; run again, what is finished is kept"
            for job in tuple(self._jobs):
                _fail(job, WorkersLostError(self.lost))

    def _watch(self) -> None:
        """Look who is there, again and again."""
        while not self._over.wait(_LOOK if self._members.fit else _FIRST_LOOK):
            if self.lost:
                return
            try:
                self._members.look()
            except Exception:  # of the connection, in whatever words; the scheduler is not there
                if not self._over.is_set():
                    self._lose(_cut_off(self._address))
                return
            self._place_anew()
            limit = _LONGEST if self._members.unknown else _PATIENCE
            if self._members.seconds_without() > limit:
                self._lose(f"no worker is left in the Dask cluster at {self._address}")

    def _place_anew(self) -> None:
        """Hand over what waits for a worker, and what was given to workers that are all gone."""
        there = self._members.fit.keys()
        given_up: list[Future[Any]] = []
        with self._lock:
            for job in tuple(self._jobs) if there else ():
                if not job.given_to & there:
                    given_up += [job.current] if job.current else []
                    self._hand_over(job)
        for current in given_up:  # Dask's thread answers, and may want the lock first
            current.cancel()

    def _wait_for_a_worker(self) -> None:
        """Return as soon as one can work.

        Raises
        ------
        UsageError
            When there is none.
        """
        begun, members = monotonic(), self._members
        while True:
            try:
                members.look()
            except Exception as error:
                raise UsageError(_silent(self._address)) from error
            if members.fit:
                return
            if monotonic() - begun > (_LONGEST if members.unknown else _PATIENCE):
                raise UsageError(_nobody(self._address, members))
            self._over.wait(_FIRST_LOOK)


def _check_dask() -> None:
    """Raise where Dask is not installed; its import sets up the log that is quiet from then on."""
    try:
        import_module("distributed")
    except ImportError as error:
        message = "--scheduler needs Dask: pip install 'consulting-workbook[dask]'"
        raise UsageError(message) from error


def _connected(address: str) -> Any:
    """Return a client of the scheduler.

    Raises
    ------
    UsageError
        When no scheduler answers at the address.
    """
    from distributed import Client

    connect: Any = Client
    try:
        with warnings.catch_warnings():  # of other versions of Dask's own libraries
            warnings.simplefilter("ignore")
            # Dask waits for ever for the greeting of something that is no scheduler.
            asked = begun(partial(connect, address, timeout=_CONNECT, set_as_default=False))
            return asked.result(_CONNECT + 1)
    except Exception as error:  # what answers there may be anything
        raise UsageError(_silent(address)) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Let Dask's client log nothing: what matters is said in our words."""
    log = logging.getLogger("distributed")
    names = [name for name in logging.root.manager.loggerDict if name.startswith("distributed.")]
    loggers = [log, *map(logging.getLogger, names)]
    before = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)


def _fail(job: _Job, error: BaseException) -> None:
    with suppress(InvalidStateError):  # it was cancelled
        job.answer.set_exception(error)


def _worded(error: BaseException) -> BaseException:
    """Return the error in our words where it is the cluster's own."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return RunError(_dangerous(error.allowed_failures + 1))
    return error


def _dangerous(times: int) -> str:
    return f"{times} workers of the cluster were lost over it, one after the other (out of memory?)"


def _cut_off(address: str) -> str:
    return f"the connection to the Dask scheduler at {address} was lost"


def _silent(address: str) -> str:
    return f"no Dask scheduler answers at {address}"


def _nobody(address: str, members: ClusterMembers) -> str:
    if members.passed_over:
        count = len(members.passed_over)
        return (
            f"no worker of the Dask cluster at {address} has this version of the program "
            f"({__version__}): {count} passed over"
        )
    if members.unknown:
        return f"the workers of the Dask cluster at {address} do not answer"
    return f"the Dask cluster at {address} has no worker; start one: dask worker {address}"


def _passed_over(addresses: Sequence[str]) -> str:
    listed = ", ".join(addresses)
    return f"passed over, for they do not have this version of the program: workers {listed}"


def _lacking(formats: Sequence[str], members: ClusterMembers) -> str:
    """Return why no worker can make all of the formats."""
    lacked = {fmt for member in members.fit.values() for fmt in member.lacks}
    fmt = next(fmt for fmt in formats if fmt in lacked)
    return f"no worker of the cluster can make {fmt}: {what_to_install(fmt)}"
