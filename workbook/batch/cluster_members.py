"""Who in a Dask cluster can do the work: workers with this very program, asked as they join."""

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")


def begun(work: Callable[[], T]) -> "Future[T]":
    """Begin work that may hang for ever, in a thread that nobody waits for at the end."""
    answer: Future[T] = Future()

    def do() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=do, daemon=True).start()
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A worker that has this program."""

    threads: int
    """Pieces of work that it does at once."""
    lacks: frozenset[str] = frozenset()
    """Formats that it cannot make for want of a library."""


class ClusterMembers:
    """The workers that are there, looked up whenever :meth:`look` is called.

    Parameters
    ----------
    present
        Returns the threads of every worker by address.
    ask
        Returns what the worker at an address says of itself
        (:func:`workbook.batch.on_worker.describe_worker`).
    program
        Hash of the program that a worker must have.
    """

    def __init__(
        self,
        present: Callable[[], Mapping[str, int]],
        ask: Callable[[str], Mapping[str, Any]],
        program: str,
    ) -> None:
        self._present = present
        self._ask = ask
        self._program = program
        self._asked: dict[str, Future[Mapping[str, Any]]] = {}
        self._there: Mapping[str, int] = {}
        self._told: set[str] = set()
        self._seen_fit = monotonic()
        self.fit: Mapping[str, Member] = {}
        """Those that can work, by address."""
        self.passed_over: tuple[str, ...] = ()
        """The addresses of workers that have another program, or none."""

    def look(self) -> None:
        """See who is there now; ask those that are new."""
        self._there = dict(self._present())
        for address in [a for a, asked in self._asked.items() if self._is_over(a, asked)]:
            del self._asked[address]
        for address in self._there.keys() - self._asked.keys():
            self._asked[address] = begun(partial(self._ask, address))
        answers = {
            address: self._answer(asked) for address, asked in self._asked.items() if asked.done()
        }
        self.passed_over = tuple(sorted(a for a, answer in answers.items() if answer is None))
        self.fit = {
            address: Member(threads=self._there[address], lacks=frozenset(answer["lacks"]))
            for address, answer in answers.items()
            if answer is not None
        }
        if self.fit:
            self._seen_fit = monotonic()

    def _is_over(self, address: str, asked: "Future[Mapping[str, Any]]") -> bool:
        """Return whether a worker is gone, or the way to it was broken: then it is asked again."""
        lost = asked.done() and isinstance(asked.exception(), OSError)
        return lost or address not in self._there

    def _answer(self, asked: "Future[Mapping[str, Any]]") -> Mapping[str, Any] | None:
        """Return what a worker said of itself; None when it has another program, or none."""
        if asked.exception() is not None:
            return None
        answer = asked.result()
        return answer if answer.get("program") == self._program else None

    def able(self, formats: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the addresses of the workers that can make these formats."""
        wanted = set(formats)
        return tuple(a for a, member in self.fit.items() if not member.lacks & wanted)

    @property
    def threads(self) -> int:
        """How many pieces of work they do at once."""
        return sum(member.threads for member in self.fit.values())

    @property
    def unknown(self) -> bool:
        """Whether one that is there has not answered yet."""
        return any(not asked.done() for asked in self._asked.values())

    def newly_passed_over(self) -> tuple[str, ...]:
        """Return those that have not been told of yet."""
        new = tuple(a for a in self.passed_over if a not in self._told)
        self._told.update(new)
        return new

    def seconds_without(self) -> float:
        """Return for how long there has been none that can work."""
        return 0.0 if self.fit else monotonic() - self._seen_fit


def members_of(client: Any, program: str, languages: tuple[str, ...]) -> ClusterMembers:
    """Return the members of the cluster that a Dask client is connected to."""
    from workbook.batch.on_worker import describe_worker

    def present() -> dict[str, int]:
        workers = client.scheduler_info()["workers"]
        return {
            address: int(told["nthreads"])
            for address, told in workers.items()
            if told.get("status", "running") == "running"
        }

    def ask(languages: tuple[str, ...], address: str) -> Mapping[str, Any]:
        answers: dict[str, Mapping[str, Any]]
        answers = client.run(describe_worker, languages, workers=[address])
        return answers[address]

    return ClusterMembers(present, partial(ask, languages), program)
