import signal
import socket
from collections.abc import Iterator
from contextlib import closing

import pytest
import uvicorn

from tripoint.base.errors import SetUp
from tripoint.doors.workers import SocketEach, bind


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    """The supervisor listens to signals from its making on; the tests get theirs back."""
    kept = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    yield
    for each, handler in kept.items():
        signal.signal(each, handler)


def test_processes_share_a_port_each_by_a_socket_of_its_own() -> None:
    with closing(bind("127.0.0.1", 0, shared=True)) as reserved:
        port = reserved.getsockname()[1]
        supervisor = SocketEach(uvicorn.Config("nowhere:app", host="127.0.0.1", port=port, workers=2))
        (first,), (second,) = supervisor.sockets, supervisor.sockets
        with closing(first), closing(second):
            assert first.fileno() != second.fileno()
            assert {one.getsockname()[1] for one in (first, second)} == {port}
            assert all(one.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT) for one in (first, second))


def test_a_port_another_program_has_is_named() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SetUp, match=str(port)):
            bind("127.0.0.1", port, shared=False)
        with pytest.raises(SetUp):
            bind("127.0.0.1", port, shared=True)
