"""The kernel that notebooks run in: this interpreter, an allow-listed environment, no ports.

Whatever kernels the machine has installed, a report is made by the Python that runs the
command.  Secrets in the environment never reach a notebook, and what a result may depend on
(time zone, locale, hash seed, number of threads) is the same on every machine.
"""

import os
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.language.package_data import cache_folder

if TYPE_CHECKING:
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

_PASSED_ON = (
    # what an interpreter needs to start and to find its libraries
    "PATH", "HOME", "XDG_CACHE_HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONPATH",
    # the same on Windows
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA",
    "LOCALAPPDATA", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE",
)  # fmt: skip
_FIXED = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MPLBACKEND": "agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
_LONGEST_SOCKET = 90
"""Bytes of a socket's path that every Unix allows (macOS 104), less ours for the number."""


def environment(folder: Path, epoch: int | None = None) -> dict[str, str]:
    """Return the environment of a notebook that works in ``folder`` (private, temporary).

    ``epoch`` is the time that files made from the notebook bear (``SOURCE_DATE_EPOCH``).
    """
    temporary = str(folder)
    own = {
        "TMPDIR": temporary,
        "TEMP": temporary,
        "TMP": temporary,
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
    }
    if epoch is not None:
        own["SOURCE_DATE_EPOCH"] = str(epoch)
    return fixed_environment(folder) | own


def fixed_environment(folder: Path | None = None) -> dict[str, str]:
    """Return what is the same for every notebook on this machine.

    ``folder`` takes matplotlib's list of fonts where the user's own cache cannot.
    """
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    cache = _chart_cache(folder)
    return passed | _FIXED | ({"MPLCONFIGDIR": str(cache)} if cache else {})


def adopt(wanted: Mapping[str, str]) -> None:
    """Make ``wanted`` the whole environment of this process."""
    os.environ.clear()
    os.environ.update(wanted)
    tempfile.tempdir = None
    if hasattr(time, "tzset"):
        time.tzset()


def _chart_cache(fallback: Path | None) -> Path | None:
    """Return a folder for matplotlib's font list, kept between runs and free of user settings."""
    ours = cache_folder()
    if ours is None:
        return fallback and fallback / "matplotlib"
    folder = ours / "matplotlib"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return fallback and fallback / "matplotlib"
    return folder if os.access(folder, os.W_OK) else fallback and fallback / "matplotlib"


def fits_sockets(folder: Path) -> bool:
    """Return whether kernels may have Unix sockets in the folder, and so need no ports."""
    return sys.platform != "win32" and len(os.fsencode(folder)) < _LONGEST_SOCKET


def kernel_spec(kept_data: Path | None = None) -> "KernelSpec":
    """Return the description of the kernel: ipykernel of the running interpreter.

    ``kept_data`` is what the run has read of the engagement (:mod:`workbook.engagement.kept_data`).
    """
    from jupyter_client.kernelspec import KernelSpec

    program = ["ipykernel_launcher"]
    if kept_data is not None:
        from workbook.batch.notebook_engine import launch_kernel

        program = [launch_kernel.__name__, str(kept_data)]
    return KernelSpec(
        argv=[sys.executable, "-m", *program, "-f", "{connection_file}"],
        display_name="Python 3",
        language="python",
        interrupt_mode="signal",
    )


def kernel_manager(
    env: Mapping[str, str],
    *,
    sockets: Path,
    started: "list[AsyncKernelManager]",
    kept_data: Path | None = None,
) -> "type[AsyncKernelManager]":
    """Return a kernel manager class bound to the environment and a folder for its sockets.

    ``kept_data`` is what the run has read of the engagement, for :func:`kernel_spec`.

    Unix sockets in a private folder are used where the platform has them and the path is short
    enough: nobody else can connect, and no two kernels ask for one port.  Managers put
    themselves into ``started``, for :func:`end_kernels`.
    """
    from jupyter_client.manager import AsyncKernelManager

    class OwnKernelManager(AsyncKernelManager):
        def __init__(self, **traits: Any) -> None:
            super().__init__(**traits)
            self.connection_file = str(sockets / "k.json")
            if fits_sockets(sockets):
                self.transport = "ipc"
                self.ip = str(sockets / "k")

        @property
        def kernel_spec(self) -> "KernelSpec":
            return kernel_spec(kept_data)

        async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
            started.append(self)
            await super().start_kernel(**(options | {"env": dict(env)}))

    return OwnKernelManager


def end_kernels(started: "list[AsyncKernelManager]") -> None:
    """Kill what still runs of these kernels (after an interruption)."""
    for manager in started:
        process = getattr(manager.provisioner, "process", None)
        if process is not None and process.poll() is None:
            process.kill()
            process.wait()
