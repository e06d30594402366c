"""Pages in Chromium: dialogs, requests, frames and handlers that come of a client's text.

The browser is spoken to through two pipes in its own protocol (``--remote-debugging-pipe``).
"""

import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PATIENCE = 30.0
SETTLING = 0.5
"""Seconds that a page has to do what it would do."""
_NOBODY_WAITS = 1_000_000_000
"""Number of a command whose answer does not matter."""
_LOOK = """
(() => {
  for (const e of document.querySelectorAll('*')) {
    for (const kind of ['mouseover', 'focus', 'pointerdown', 'toggle', 'animationend'])
      e.dispatchEvent(new Event(kind, {bubbles: true}));
    if (e.tagName !== 'A') e.click();
  }
  let handlers = 0;
  for (const e of document.querySelectorAll('*'))
    for (const a of e.attributes) handlers += a.name.toLowerCase().startsWith('on');
  const count = (names) => document.querySelectorAll(names).length;
  return {handlers, scripts: count('script'), frames: count('iframe,frame,object,embed,base')};
})()
"""
_COUNTED = {
    "Page.javascriptDialogOpening": "dialogs",
    "Page.windowOpen": "windows",
    "Page.frameAttached": "frames",
    "Page.downloadWillBegin": "downloads",
}


def chromium() -> str:
    """Return the browser of CHROMIUM or of the path; empty without one."""
    named = os.environ.get("CHROMIUM", "")
    return named or next(filter(None, map(shutil.which, NAMES)), "")


def look_at(pages: Sequence[Path]) -> Counter[str]:
    """Return what pages did, each opened as it is and with its policy switched off."""
    seen: Counter[str] = Counter()
    with _browser() as browser:
        for page in pages:
            for bypassed in (False, True):
                seen += browser.opened(page.resolve().as_uri(), bypassed=bypassed)
    return seen


class _Browser:
    """A running browser with one tab."""

    def __init__(self, into: int, out: int) -> None:
        self.into, self.out, self.rest, self.number = into, out, b"", 0
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        attached = {"targetId": target, "flatten": True}
        self.session = self.call("Target.attachToTarget", attached)["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self.call(f"{domain}.enable", {})

    def opened(self, url: str, *, bypassed: bool) -> Counter[str]:
        """Open a page, touch every element, and count what comes of it."""
        self.call("Page.setBypassCSP", {"enabled": bypassed})
        self.events.clear()
        self.call("Page.navigate", {"url": url})
        self._until("Page.loadEventFired")
        touched = self.call("Runtime.evaluate", {"expression": _LOOK, "returnByValue": True})
        self._listen(SETTLING)
        seen = Counter(touched["result"].get("value", {"errors": 1}))
        seen["pages"] += 1
        for event in self.events:
            seen[self._kind(event, url)] += 1
        return +Counter({kind: n for kind, n in seen.items() if kind})

    def _kind(self, event: dict[str, Any], url: str) -> str:
        if event["method"] == "Network.requestWillBeSent":
            wanted = event["params"]["request"]["url"]
            return "" if wanted == url or wanted.startswith("data:") else "requests"
        if event["method"] == "Page.frameNavigated":
            return "" if event["params"]["frame"]["url"] == url else "navigations"
        return _COUNTED.get(event["method"], "")

    def call(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a command; what happens meanwhile is kept."""
        self.number += 1
        self._send(method, params, self.number)
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE:
            answers = [m for m in self._messages(PATIENCE) if not self._noted(m)]
            for answer in answers:
                if answer.get("id") == self.number:
                    return dict(answer.get("result", {"result": {}}))
        raise TimeoutError(method)

    def _noted(self, message: dict[str, Any]) -> bool:
        """Keep what happens, and close a dialog; return False for the answer to a command."""
        if "method" not in message:
            return False
        self.events.append(message)
        if message["method"] == "Page.javascriptDialogOpening":
            self._send("Page.handleJavaScriptDialog", {"accept": False}, _NOBODY_WAITS)
        return True

    def _send(self, method: str, params: dict[str, Any], number: int) -> None:
        said = {"id": number, "method": method, "params": params}
        session = {"sessionId": self.session} if hasattr(self, "session") else {}
        os.write(self.into, json.dumps(said | session).encode() + b"\0")

    def _until(self, method: str) -> None:
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE:
            if any(event["method"] == method for event in self.events):
                return
            self._listen(0.1)
        raise TimeoutError(method)

    def _listen(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            for message in self._messages(left):
                self._noted(message)

    def _messages(self, seconds: float) -> Iterator[dict[str, Any]]:
        if not select.select([self.out], [], [], seconds)[0]:
            return
        self.rest += os.read(self.out, 1 << 20)
        *whole, self.rest = self.rest.split(b"\0")
        yield from (json.loads(one) for one in whole)


@contextmanager
def _browser() -> Iterator[_Browser]:
    """Start a browser with a profile of its own that resolves no name of the network."""
    theirs, into = os.pipe()
    out, told = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            ["/bin/sh", "-c", f'exec 3<&{theirs} 4>&{told}; exec "$@"', "sh", *_command(profile)],
            pass_fds=(theirs, told),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        os.close(told)
        try:
            yield _Browser(into, out)
        finally:
            process.kill()
            process.wait()
            os.close(into)
            os.close(out)


def _command(profile: str) -> list[str]:
    options = ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "no-first-run")
    quiet = ("disable-background-networking", "disable-sync", "disable-extensions")
    return [
        chromium(),
        *(f"--{option}" for option in (*options, *quiet)),
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--remote-debugging-pipe",
        f"--user-data-dir={profile}",
    ]
