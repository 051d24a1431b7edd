"""Several web processes on one port, each with a listening socket of its own.

One socket shared by all lets whichever process wakes first take nearly every lasting connection, while the others
idle; with a socket each (SO_REUSEPORT) the kernel deals connections out evenly.
"""

from __future__ import annotations

import socket
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from tripoint.base.errors import SetUp


def bind(host: str, port: int, *, shared: bool) -> socket.socket:
    """A socket bound to host and port, not yet listening. Raises SetUp when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise SetUp(
            f"Port {port} of {host} cannot be used: {error.strerror}.", field="TRIPOINT_PORT",
            remedy="Stop what uses it, or choose another port.",
        ) from error  # fmt: skip
    return bound


class SocketEach(Multiprocess):
    """uvicorn's supervisor, which starts and restarts processes; each gets a new socket on the same port."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config, [])

    @property
    def sockets(self) -> list[socket.socket]:
        """A socket for the process about to start."""
        return [bind(self.config.host, self.config.port, shared=True)]

    @sockets.setter
    def sockets(self, _: list[socket.socket]) -> None:
        """The supervisor sets none: they are made one by one."""


def serve_in_processes(app: str, host: str, port: int, workers: int, options: dict[str, Any]) -> None:
    """Serve the application that the factory `app` ("module:function") makes, in `workers` processes, until stopped."""
    bind(host, port, shared=False).close()  # shared ports would let two hubs take each other's callers unawares
    with bind(host, port, shared=True) as reserved:  # keeps a port that the kernel chose (0) for all of them
        config = uvicorn.Config(
            app, factory=True, host=host, port=reserved.getsockname()[1], workers=workers, **options
        )
        SocketEach(config).run()
