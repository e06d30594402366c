"""A kernel that is told what the run has read: ``python -m <this module> FILE -f CONNECTION``.

``FILE`` is the one of :mod:`workbook.engagement.kept_data`; everything else is ipykernel's own.
"""

import runpy
import sys
from pathlib import Path

from workbook.engagement import kept_data


def main() -> None:
    """Take the first argument and have ipykernel do the rest, as if it had been started."""
    kept_data.use(Path(sys.argv.pop(1)))
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
