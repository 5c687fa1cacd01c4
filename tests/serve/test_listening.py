"""Where a server listens: what is in the way is said, and what others can reach wants a key."""

import contextlib
import os
import socket
import stat
from pathlib import Path

import pytest
from serving import free_port

from searchlib.serve.access.keys import Key, digest_of
from searchlib.serve.connections.listening import ListenError, address_of, forget, is_loopback, listen
from searchlib.serve.settings import Settings

KEY = Key("site", digest_of("a-key-of-this-server-0123"))
HAS_IPV6 = Path("/proc/net/if_inet6").exists()


@contextlib.contextmanager
def bound(settings: Settings):  # type: ignore[no-untyped-def]
    sockets = listen(settings)
    try:
        yield sockets
    finally:
        for each in sockets:
            each.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "::ffff:0.0.0.0"])
def test_what_others_can_reach_wants_a_key(host: str) -> None:
    with pytest.raises(ListenError, match="--make-key"):
        listen(Settings({}, host=host, port=0))


def test_with_a_key_it_may_be_reached() -> None:
    with bound(Settings({}, host="0.0.0.0", port=0, keys=(KEY,))) as (listening,):
        assert listening.getsockname()[0] == "0.0.0.0"


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("::ffff:1.2.3.4", False),
        ("fe80::1%eth0", False),
        ("localhost", False),
    ],
)
def test_what_is_this_machine_alone(address: str, own: bool) -> None:
    assert is_loopback(address) is own


def test_a_port_is_chosen_and_told() -> None:
    settings = Settings({}, port=0)
    with bound(settings) as sockets:
        port = sockets[0].getsockname()[1]
        assert address_of(sockets, settings) == f"http://127.0.0.1:{port}/"


def test_localhost_is_one_port_on_all_its_addresses() -> None:
    settings = Settings({}, host="localhost", port=0)
    with bound(settings) as sockets:
        assert len({each.getsockname()[1] for each in sockets}) == 1
        assert address_of(sockets, settings).startswith("http://localhost:")


@pytest.mark.skipif(not HAS_IPV6, reason="no IPv6 here")
def test_ipv6_stands_in_brackets() -> None:
    settings = Settings({}, host="::1", port=0)
    with bound(settings) as sockets:
        assert address_of(sockets, settings) == f"http://[::1]:{sockets[0].getsockname()[1]}/"


def test_what_is_in_the_way_is_said() -> None:
    port = free_port()
    with (
        bound(Settings({}, port=port)),
        pytest.raises(ListenError, match=f"port {port} of 127.0.0.1 is taken"),
    ):
        listen(Settings({}, port=port))
    with pytest.raises(ListenError, match="no address"):
        listen(Settings({}, host="no such host"))
    with pytest.raises(ListenError, match="no address of this machine"):
        listen(Settings({}, host="192.0.2.1", port=0, keys=(KEY,)))


def test_a_socket_in_the_file_system(tmp_path: Path) -> None:
    path = tmp_path / "searchlib.sock"
    settings = Settings({}, unix=str(path))
    with bound(settings) as (listening,):
        assert stat.S_IMODE(path.stat().st_mode) & 0o007 == 0
        assert address_of([listening], settings) == f"unix:{path}"
        with pytest.raises(ListenError, match="another program listens"):
            listen(settings)
    assert path.exists()
    with bound(settings):  # nobody listened on what was left
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(path))
        forget(settings)
    assert not path.exists()
    path.write_text("something else")
    with pytest.raises(ListenError, match="no socket"):
        listen(settings)
    assert path.read_text() == "something else"
    with pytest.raises(ListenError, match="cannot listen on"):
        listen(Settings({}, unix=os.fspath(tmp_path / "none" / "at.sock")))
