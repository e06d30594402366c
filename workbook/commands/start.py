"""Where the command begins: before anything that takes time is imported.

Ctrl-C while modules are being imported ends the process without a word; nothing has begun yet.
"""

import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run the command ``workbook``."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from workbook.commands.terminal import open_screens

    open_screens()  # before a file is opened under the number of a closed stream
    from workbook.commands.cli import main as command

    command()
