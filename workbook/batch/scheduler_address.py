"""Whether an address can be that of a Dask scheduler; told before anything heavy is imported."""

import socket
from urllib.parse import urlsplit

from workbook.errors import UsageError

_SCHEMES = ("tcp", "tls", "ws", "wss")
"""How Dask talks to other machines; the first when none is named."""


def check_address(address: str) -> None:
    """Raise at once where no scheduler can be.

    Parameters
    ----------
    address
        ``tcp://HOST:8786``, or ``HOST:8786``.

    Raises
    ------
    UsageError
        When it has no such form, or nobody knows the host.
    """
    whole = address if "://" in address else f"{_SCHEMES[0]}://{address}"
    try:
        parts = urlsplit(whole)
        if parts.scheme not in _SCHEMES or not parts.hostname or not parts.port:
            raise ValueError(address)
        socket.getaddrinfo(parts.hostname, parts.port)
    except (OSError, ValueError) as error:  # UnicodeError of a host is a ValueError
        message = f"--scheduler {address}: not the address of a Dask scheduler (tcp://HOST:8786)"
        raise UsageError(message) from error
