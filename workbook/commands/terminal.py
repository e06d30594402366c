"""Standard output and error as the command uses them: the one way out of the program.

Whatever is printed, by us or by a library, passes :class:`Screen`, which writes out characters
that would steer the terminal.  Streams that were closed before the start (``>&-``) lead nowhere
instead of into the first file that happens to be opened.
"""

import io
import os
import sys
from typing import Any, TextIO, cast

from workbook.errors import RunError
from workbook.language.visible import visible


class ReaderGoneError(Exception):
    """Nobody reads our output any more (``head`` has seen enough); no matter for words."""


class Screen(io.TextIOWrapper):
    """A text stream that lets no control or direction character through."""

    gives_up = False
    """Whether a reader that has gone is none of our business: nobody has to read messages."""

    def write(self, text: str) -> int:
        """Write text with everything unseen written out."""
        self.write_styled(visible(text))
        return len(text)

    def write_styled(self, text: str) -> None:
        """Write text that may steer the terminal: colours and bars of our own."""
        try:
            super().write(text)
        except OSError as failure:
            self._lose(failure)

    def flush(self) -> None:
        """Write what is waiting."""
        try:
            super().flush()
        except OSError as failure:
            self._lose(failure)

    def _lose(self, failure: OSError) -> None:
        lead_nowhere(self)
        if isinstance(failure, BrokenPipeError) and not self.gives_up:
            raise ReaderGoneError from failure
        if not self.gives_up:
            reason = failure.strerror or type(failure).__name__
            raise RunError(f"the output could not be written: {reason}") from failure


class Styled:
    """A :class:`Screen` for what composes its own colours; its words come clean already."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def write(self, text: str) -> int:
        """Write text as it is."""
        self._screen.write_styled(text)
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._screen, name)


def open_screens() -> None:
    """Make standard output and error screens, at the start of the command."""
    if isinstance(sys.stdout, Screen):
        return
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # closed: the lowest free number is the one that is missing
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stdout, sys.stderr = _screen(sys.stdout, 1), _screen(sys.stderr, 2)
    sys.stderr.gives_up = True


def _screen(stream: TextIO | None, number: int) -> Screen:
    """Return the screen on a standard stream; what its encoding lacks is written out."""
    if not isinstance(stream, io.TextIOWrapper):
        stream = io.TextIOWrapper(io.FileIO(number, "w", closefd=False), encoding="utf-8")
    encoding, lines = stream.encoding, stream.line_buffering
    return Screen(
        cast(Any, stream).detach(),
        encoding=encoding,
        errors="backslashreplace",
        line_buffering=lines,
    )


def styled(stream: TextIO) -> TextIO:
    """Return the stream for one that writes colours, which no other text may."""
    return cast(TextIO, Styled(stream)) if isinstance(stream, Screen) else stream


def tell(text: str, *, err: bool = False) -> None:
    """Print a line, at once."""
    stream = sys.stderr if err else sys.stdout
    stream.write(f"{text}\n")
    stream.flush()


def lead_nowhere(stream: TextIO) -> None:
    """Send what a stream still holds, and all that follows, to nobody."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
