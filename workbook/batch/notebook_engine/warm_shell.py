"""Cells in ipykernel's shell of this very process: no kernel, no sockets, the same outputs.

The shell is the one that a kernel uses, its messages are packed as they would be for the wire,
and nbclient makes outputs of them, so that a notebook looks the same as from a kernel.
"""

import builtins
import io
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, SimpleNamespace
from typing import Any, NoReturn

from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session
from nbclient.exceptions import (
    CellExecutionComplete,
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)
from papermill.clientwrap import PapermillNotebookClient
from traitlets.config import Config

Message = dict[str, Any]

LANGUAGE = dict(IPythonKernel.language_info)
_AGAIN = 1.0
"""Seconds after which a cell that swallowed the interruption is interrupted again."""


class _Wire(Session):
    """Keeps what the shell would send, in order."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.sent: list[Message] = []

    def send(  # type: ignore[override]
        self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, **rest: Any
    ) -> Message:
        """Take a message as a socket would: its content packed and unpacked."""
        message: Message = msg_or_type
        if isinstance(msg_or_type, str):
            message = self.msg(msg_or_type, content, parent=parent)
        # So a value that JSON cannot hold fails here as it would in a kernel, and what came
        # through cannot be changed by the cell afterwards.
        message["content"] = self.unpack(self.pack(message["content"]))
        self.sent.append(message)
        return message


class _Stream(io.TextIOBase):
    """What ``print`` writes to."""

    def __init__(self, name: str, wire: _Wire, shell: "Shell") -> None:
        self._name, self._wire, self._shell = name, wire, shell
        self._parts: list[str] = []

    encoding = "UTF-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._parts.append(text)
        return len(text)

    def flush(self) -> None:
        if self._parts:
            content = {"name": self._name, "text": "".join(self._parts)}
            self._parts.clear()
            self._wire.send(None, "stream", content, parent=self._shell.request)


class Shell:
    """One notebook's shell; make one per process."""

    def __init__(self) -> None:
        config = Config()
        config.HistoryManager.enabled = False  # it would start a thread and a database
        # The shell asks its kernel for nothing but the event loop of a toolkit of windows.
        self._wire = _Wire(username="", session="warm")
        self._shell: Any = ZMQInteractiveShell.instance(
            config=config,
            kernel=SimpleNamespace(eventloop=None),
            compiler_class=XCachingCompiler,
            user_module=None,
            user_ns={},
        )
        publishers: list[Any] = [self._shell.displayhook, self._shell.display_pub]
        for publisher in publishers:
            publisher.session = self._wire  # which keeps messages instead of sending them
            publisher.pub_socket = None
        publishers[0].topic = b"execute_result"  # a kernel sets it, and the shell wants one
        self.request: Message = {}

    def run(self, source: str, cell_id: str | None, seconds: float | None) -> list[Message]:
        """Run one cell and return its messages, the last of them the reply.

        Raises
        ------
        TimeoutError
            When the cell takes longer than ``seconds``.
        """
        # The messages that a kernel would send, in its order: nbclient takes outputs only between
        # ``busy`` and ``idle``, and only answers to this request.
        request = self._wire.msg("execute_request", {"code": source})
        self.request, self._wire.sent = request, []
        self._shell.set_parent(request)
        self._say("status", {"execution_state": "busy"})
        count = self._shell.execution_count
        self._say("execute_input", {"code": source, "execution_count": count})
        with self._as_a_kernel_would(), _limited(seconds) as limit:
            done = self._shell.run_cell(source, store_history=True, cell_id=cell_id)
        if limit.passed:
            raise TimeoutError
        self._say("execute_reply", self._reply(done))
        self._say("status", {"execution_state": "idle"})
        self._shell.payload_manager.clear_payload()
        return self._wire.sent

    def forget(self) -> None:
        """Let go what the cells have made: publishing needs their outputs only, and the memory."""
        names = self._shell.user_ns
        for name in set(names) - set(self._shell.user_ns_hidden):
            del names[name]

    @property
    def has_left(self) -> bool:
        """Return whether the cell asked the interpreter to end (``exit``)."""
        return bool(self._shell.exit_now)

    def _say(self, kind: str, content: Message) -> None:
        self._wire.send(None, kind, content, parent=self.request)

    def _reply(self, done: Any) -> Message:
        error = done.error_before_exec or done.error_in_exec
        # An error while the last value was shown is no error to IPython, but one to a kernel.
        at_display = getattr(self._shell, "_last_traceback_during_displayhook", False)
        if done.success and not at_display:
            return {"status": "ok"}
        return {
            "status": "error",
            "traceback": getattr(self._shell, "_last_traceback", None) or [],
            "ename": type(error).__name__,
            "evalue": str(error),
        }

    @contextmanager
    def _as_a_kernel_would(self) -> Iterator[None]:
        """Catch what is printed, and refuse questions: nobody is there to answer."""
        before = (sys.stdout, sys.stderr, builtins.input)
        streams = (_Stream("stdout", self._wire, self), _Stream("stderr", self._wire, self))
        sys.stdout, sys.stderr = streams
        builtins.input = _refuse_input
        try:
            yield
        finally:
            for stream in streams:
                stream.flush()
            sys.stdout, sys.stderr, builtins.input = before


def _refuse_input(prompt: object = "") -> NoReturn:
    raise StdinNotImplementedError(
        "raw_input was called, but this frontend does not support input requests."
    )


class _OutOfTimeError(BaseException):
    """Raised inside a cell; a base exception, so that few cells swallow it."""


@contextmanager
def _limited(seconds: float | None) -> Iterator[SimpleNamespace]:
    """Interrupt the body after ``seconds``, again and again where it goes on."""
    limit = SimpleNamespace(passed=False)

    def ring(number: int, frame: FrameType | None) -> NoReturn:
        limit.passed = True
        raise _OutOfTimeError

    if seconds is None or not hasattr(signal, "setitimer"):
        yield limit
        return
    # A signal is the only way to break off a cell in the thread that runs it; a thread that
    # watches could end the process alone, and the outputs of the cell with it.
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield limit
    except _OutOfTimeError:
        limit.passed = True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class ShellClient(PapermillNotebookClient):  # type: ignore[misc, unused-ignore]
    """Papermill's client with a shell where it has a kernel."""

    def execute(self, **kwargs: Any) -> Any:
        """Run the cells and return the notebook."""
        self.reset_execution_trackers()
        self._shell = Shell()
        self.papermill_execute_cells()
        self._shell.forget()
        self.nb.metadata["language_info"] = dict(LANGUAGE)
        self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, **kwargs: Any) -> Any:
        """Run one cell and give it its outputs.

        Raises
        ------
        CellExecutionError, CellTimeoutError, DeadKernelError
            As from a kernel.
        """
        skipped = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or skipped:
            return cell
        cell.metadata["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False
        messages = self._messages(cell, self._get_timeout(cell))
        self.code_cells_executed += 1
        reply: Message = {}
        for message in messages:
            reply = self._take(message, cell, cell_index) or reply
        cell["execution_count"] = cell["execution_count"] or self.code_cells_executed
        join_streams(cell)
        if self._shell.has_left:
            raise DeadKernelError("Kernel died")
        self._raise_for(cell, reply)
        return cell

    def _messages(self, cell: Any, seconds: float | None) -> list[Message]:
        try:
            return self._shell.run(cell.source, cell.get("id"), seconds)
        except TimeoutError:
            raise CellTimeoutError.error_from_timeout_and_cell(
                "Cell execution timed out", int(seconds or 0), cell
            ) from None

    def _take(self, message: Message, cell: Any, index: int) -> Message | None:
        """Process one message; return the content of the reply."""
        if message["msg_type"] == "execute_reply":
            cell.metadata["execution"]["shell.execute_reply"] = _stamp(message)
            content: Message = message["content"]
            return content
        try:
            self.process_message(message, cell, index)
        except CellExecutionComplete:
            return None
        return None

    def _raise_for(self, cell: Any, reply: Message) -> None:
        allowed = "raises-exception" in cell.metadata.get("tags", [])
        if reply.get("status") == "error" and not allowed:
            raise CellExecutionError.from_cell_and_msg(cell, reply)


def _stamp(message: Message) -> str:
    from nbclient.client import timestamp

    return str(timestamp(message))


def join_streams(cell: Any) -> None:
    """Make one output of what was printed in pieces, of each stream."""
    joined: dict[str, Any] = {}
    kept: list[Any] = []
    for output in cell.outputs:
        if output.output_type == "stream" and output.name in joined:
            joined[output.name].text += output.text
            continue
        if output.output_type == "stream":
            joined[output.name] = output
        kept.append(output)
    cell.outputs = kept
