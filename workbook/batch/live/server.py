"""The page of ``workbook watch`` and the reports, served to browsers of this machine alone.

Listens on 127.0.0.1; every address begins with a token that nobody else knows, and requests that
name another host are refused, so that a foreign page cannot read a client's figures through the
browser.  Only files of the reports are served, by name.  Reports come as they will be sent, without
script; what loads a new one is the frame around it.
"""

import mimetypes
import secrets
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import parse_qs, unquote, urlsplit

from workbook.batch.index_page import render
from workbook.batch.live.shown import Board

_HOST = "127.0.0.1"
_PATIENCE = 20.0
"""Seconds that a request for news may wait."""
_LONG = 10
"""Characters of a number that no version has."""
_REPORT = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"
"""What a report may load: nothing."""
_SAFE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}


class LiveServer:
    """Serves a board until the end of the ``with`` statement."""

    def __init__(self, board: Board, title: str, port: int = 0) -> None:
        """Listen on a port of this machine; 0: any that is free.

        Raises
        ------
        OSError
            When the port is taken.
        """
        self._token = secrets.token_urlsafe(24)
        self._board = board
        token = self._token

        class Handler(_Handler):
            shown, path_token, page_title = board, token, title

        self._server = ThreadingHTTPServer((_HOST, port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.1,), name="page", daemon=True
        )

    @property
    def address(self) -> str:
        """Of the page; whoever knows it may read the reports."""
        return f"http://{_HOST}:{self._server.server_port}/{self._token}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._board.close()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Answers GET: the page, what is new, a file of a report."""

    shown: Board
    path_token: str
    page_title: str
    server_version = "workbook"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer a request."""
        asked = urlsplit(self.path)
        token, _, rest = asked.path.removeprefix("/").partition("/")
        known = secrets.compare_digest(token.encode(), self.path_token.encode())
        if not known or not self._is_of_this_machine():
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")
        elif not rest:
            self._send_page()
        elif rest == "news":
            self._send_news(asked.query)
        else:
            self._send_file(unquote(rest))

    def _is_of_this_machine(self) -> bool:
        """Return whether the browser asked for this machine: a foreign name may lead here, too."""
        port = cast(ThreadingHTTPServer, self.server).server_port
        return self.headers.get("Host", "") in (f"{_HOST}:{port}", f"localhost:{port}")

    def _send_page(self) -> None:
        nonce = secrets.token_urlsafe(16)
        policy = (
            f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
            "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'"
        )
        page = render("watch.html.j2", title=self.page_title, nonce=nonce)
        self._send(HTTPStatus.OK, page.encode("utf-8"), "text/html; charset=utf-8", policy)

    def _send_news(self, query: str) -> None:
        since = parse_qs(query).get("since", ["-1"])[0]
        version = int(since) if since.lstrip("-").isdecimal() and len(since) < _LONG else -1
        news = self.shown.newer_than(version, _PATIENCE)
        self._send(HTTPStatus.OK, news.to_json().encode(), "application/json")

    def _send_file(self, name: str) -> None:
        path = self.shown.now.files.get(name)
        try:
            content = path.read_bytes() if path is not None else None
        except OSError:
            content = None
        if content is None:
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")
            return
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind == "text/html":
            self._send(HTTPStatus.OK, content, "text/html; charset=utf-8", _REPORT)
        else:
            self._send(HTTPStatus.OK, content, kind)

    def _send(self, status: HTTPStatus, content: bytes, kind: str, policy: str = "") -> None:
        try:
            self.send_response(status)
            for name, value in _SAFE.items():
                self.send_header(name, value)
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            self.close_connection = True  # the browser has gone

    def log_message(self, *told: Any) -> None:
        """Say nothing: the address holds the token."""
