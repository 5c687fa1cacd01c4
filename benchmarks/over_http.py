"""What searches over HTTP cost on loopback: `searchlib serve` over a million documents, and four clients.

Queries are one to three words of titles; instant searches are typed letter by letter, as in `instant`. Each
answer has ten hits with their texts, two fragments and the total. Beside it: what the server does for it, but
in this process and without JSON; two answers that are not searched for, a string of the same size and the
same object (`served` says what they have and lack); and tantivy behind the same server, where it is
installed. The server and its clients share the machine's cores.

What the server adds is measured twice. In a row, each of the four is asked for nine times before the next:
the processor has its code and data at hand, which a server that is asked now and then has not. By turns, nine
times, each is asked for behind a search of the server's and a wait as long as one, so that all begin alike:
a core that has waited takes a while to wake up. The median of nine counts. The verdict is on turns, and on
the same object.
"""

from __future__ import annotations

import argparse
import itertools
import json
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from urllib.parse import quote

import searchlib
from searchlib import Index
from searchlib.serve.asking import search as searching
from searchlib.serve.settings import Settings
from searchlib.serve.types import requests

from . import corpora, instant
from .generate import SEED
from .percentiles import summary
from .served import build_tantivy
from .verdicts import Verdict

_CLIENTS = 4
_QUERIES = 400
_KEY_STROKES = 2000
_TIMES = 9
_PAUSE = 0.002
MAX_OVERHEAD = 1.5

_Ask = Callable[[], object]


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks over_http [--corpus d1m] [--index FOLDER] [--tantivy FOLDER]`"""
    parser = argparse.ArgumentParser(prog="python -m benchmarks over_http", description=__doc__)
    parser.add_argument("--corpus", default="d1m", choices=sorted(corpora.SIZES), help="see `generate`")
    parser.add_argument("--index", type=Path, help="where its index is, or is made and kept")
    parser.add_argument("--tantivy", type=Path, help="the same for tantivy; without it, it is left out")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each is asked")
    options = parser.parse_args(arguments)
    path = options.index or corpora.DATA / f"{options.corpus}.instant"
    if not path.exists():
        instant.build(options.corpus, path)
    if options.tantivy is not None and not options.tantivy.exists():
        with (corpora.DATA / f"{options.corpus}.jsonl").open(encoding="utf-8") as lines:
            build_tantivy(options.tantivy, map(json.loads, lines))
    met = True
    for line in measures(path, options.tantivy, options.seconds):
        print(line, flush=True)
        met = met and not (isinstance(line, Verdict) and not line.met)
    return 0 if met else 1


def measures(path: Path, tantivy: Path | None, seconds: float) -> Iterator[str | Verdict]:
    """A line for each kind of request."""
    queries, strokes = _queries(), _key_strokes()
    with searchlib.open(path) as index, _Server(path, tantivy) as server:
        yield f"{len(index):,} documents; {_CLIENTS} clients, {seconds:g} s each"
        yield from _beside_the_library(index, server, queries)
        asked = {
            "search": [f"/v1/indexes/main/search?q={quote(text)}" for text in queries],
            "instant": [f"/v1/indexes/main/instant?q={quote(text)}" for text in strokes],
        }
        if tantivy is not None:
            asked["tantivy"] = [f"/tantivy?q={quote(text)}" for text in queries]
        for name, paths in asked.items():
            for clients in (1, _CLIENTS):
                taken = server.asked(paths, clients, seconds)
                yield f"{name:8} {clients} clients: {summary(taken)}, {len(taken) / seconds:,.0f} requests/s"
        large = [f"{path}&limit=1000" for path in asked["search"]]
        for name, paths in (("ten hits", asked["search"]), ("1,000 hits", large)):
            taken = server.health_beside(paths, seconds)
            yield f"/health beside a client that asks for {name}: {summary(taken)}"


def _beside_the_library(index: Index, server: _Server, queries: list[str]) -> Iterator[str | Verdict]:
    """What the server adds to a search: over HTTP, in this process, and answers that are there already."""
    client = server.client()
    settings = Settings({})
    in_a_row, by_turns = [], []
    for text in queries:
        path = f"/v1/indexes/main/search?q={quote(text)}"
        size = len(client.get(path))
        each = (
            partial(searching.answer, index, requests.Searching(q=text), settings),
            partial(client.get, path),
            partial(client.get, f"/bare?size={size}"),
            partial(client.get, f"/kept?q={quote(text)}"),
        )
        for ask in each:
            ask()
        in_a_row.append([statistics.median(_ms(ask) for _ in range(_TIMES)) for ask in each])
        rounds = [list(_behind_searches(*each)) for _ in range(_TIMES)]
        by_turns.append(list(map(statistics.median, zip(*rounds, strict=True))))
    for name, rows in (("in a row", in_a_row), ("by turns", by_turns)):
        here, there, bare, kept = map(statistics.median, zip(*rows, strict=True))
        added = statistics.median(row[1] - row[0] for row in rows)
        yield (
            f"{name}: a search here {here:.2f} ms, over HTTP {there:.2f}; a string of its size {bare:.3f}, "
            f"the same object {kept:.3f}; the server adds {added:.2f}, {added / bare:.2f} x the string"
        )
    text = f"by turns the server adds {added / kept:.2f} x the same object; at most {MAX_OVERHEAD:g}"
    yield Verdict(added <= MAX_OVERHEAD * kept, text)


def _behind_searches(here: _Ask, there: _Ask, bare: _Ask, kept: _Ask) -> Iterator[float]:
    """Milliseconds of each. The server has searched before, and has waited for as long as a search takes."""
    there()
    yield _ms(here)
    for ask in (there, bare, kept):
        there()
        here()
        yield _ms(ask)


def _ms(ask: _Ask) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def _queries() -> list[str]:
    chance = Random(SEED)
    texts = list(itertools.chain(*(instant.texts()[kind] for kind in ("Russian", "English"))))
    return [" ".join(chance.choice(texts).split()[: chance.randint(1, 3)]) for _ in range(_QUERIES)]


def _key_strokes() -> list[str]:
    typed = [
        text[:end] for some in instant.texts().values() for text in some for end in range(1, len(text) + 1)
    ]
    return Random(SEED).sample(typed, min(_KEY_STROKES, len(typed)))


class _Server:
    """The server's process."""

    def __init__(self, index: Path, tantivy: Path | None) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self._port = int(found.getsockname()[1])
        self._command = [
            sys.executable,
            "-m",
            "benchmarks.served",
            "--index",
            str(index),
            "--port",
            str(self._port),
        ]
        if tantivy is not None:
            self._command += ["--tantivy", str(tantivy)]

    def __enter__(self) -> _Server:
        self._process = subprocess.Popen(self._command)
        while self._process.poll() is None:
            try:
                self.client().get("/v1/indexes/main/search?q=a")
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the server did not start")

    def __exit__(self, *of_error: object) -> None:
        self._process.terminate()
        self._process.wait()

    def client(self) -> _Client:
        """A connection of its own."""
        return _Client(self._port)

    def health_beside(self, paths: list[str], seconds: float) -> list[float]:
        """Milliseconds of answers of /health, asked for now and then beside a client that asks for these."""
        client, taken = self.client(), []
        beside = threading.Thread(target=self.asked, args=(paths, 1, seconds))
        beside.start()
        while beside.is_alive():
            taken.append(_ms(partial(client.get, "/health")))
            time.sleep(_PAUSE)
        beside.join()
        return taken

    def asked(self, paths: list[str], clients: int, seconds: float) -> list[float]:
        """Milliseconds of each answer, while clients ask for all paths in turns."""
        taken: list[list[float]] = [[] for _ in range(clients)]
        end = time.perf_counter() + seconds

        def ask(number: int) -> None:
            client = self.client()
            for path in itertools.cycle(paths[number::clients]):
                started = time.perf_counter()
                if started > end:
                    return
                client.get(path)
                taken[number].append((time.perf_counter() - started) * 1000)

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return list(itertools.chain(*taken))


class _Client:
    """One connection that stays open; what it costs itself is little, for client and server share cores."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str) -> bytes:
        """The body of an answer."""
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        data = self._socket.recv(1 << 18)
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        assert b" 200 " in head[:20], data[:500]
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        pieces, got = [body], len(body)
        while got < length:
            pieces.append(self._more())
            got += len(pieces[-1])
        return b"".join(pieces)

    def _more(self) -> bytes:
        data = self._socket.recv(1 << 18)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data
