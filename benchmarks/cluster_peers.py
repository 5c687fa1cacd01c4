"""The same bytes by other ways, for `python -m benchmarks cluster`: bare pipes, gRPC, HTTP, and actors of
Ray.

A worker here does no work. The first 8 bytes of a message say how long the answer is to be.
"""

from __future__ import annotations

import contextlib
import http.client
import multiprocessing
import socket
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.connection import Connection
from typing import Any

Exchange = Callable[[Mapping[int, bytes]], object]
"""Sends each shard its message, and returns when all have answered."""


def message_of(size: int, answer_size: int) -> bytes:
    """A message so long, which wants an answer so long."""
    return answer_size.to_bytes(8, "little") + bytes(max(0, size - 8))


class Replaying:
    """A worker that answers so many bytes."""

    def answer(self, message: bytes) -> bytes:
        """At once."""
        return bytes(int.from_bytes(message[:8], "little"))


def opener() -> Callable[[], tuple[int, Replaying]]:
    """For Serving."""
    return lambda: (1, Replaying())


@contextlib.contextmanager
def bare_pipes(shards: int) -> Iterator[Exchange]:
    """A process a shard, a pipe to each, no more."""
    context = multiprocessing.get_context("spawn")
    ends: list[Connection] = []
    processes = []
    for _ in range(shards):
        mine, other = context.Pipe()
        process = context.Process(target=_answer_pipe, args=(other,), daemon=True)
        process.start()
        other.close()
        ends.append(mine)
        processes.append(process)

    def exchange(messages: Mapping[int, bytes]) -> object:
        for shard, message in messages.items():
            ends[shard].send_bytes(message)
        return [ends[shard].recv_bytes() for shard in messages]

    yield exchange
    for end in ends:
        end.close()
    for process in processes:
        process.join()


def _answer_pipe(end: Connection) -> None:
    worker = Replaying()
    with contextlib.suppress(EOFError):
        while True:
            end.send_bytes(worker.answer(end.recv_bytes()))


@contextlib.contextmanager
def bare_grpc(shards: int) -> Iterator[Exchange]:
    """grpcio: a server a shard, a channel to each, futures; bytes without a schema."""
    import grpc

    with _servers(shards, _serve_grpc) as ports:
        channels = [grpc.insecure_channel(f"127.0.0.1:{port}") for port in ports]
        calls = [channel.unary_unary("/searchlib/answer") for channel in channels]
        for channel in channels:
            grpc.channel_ready_future(channel).result(30)

        def exchange(messages: Mapping[int, bytes]) -> object:
            futures = [calls[shard].future(message) for shard, message in messages.items()]
            return [future.result() for future in futures]

        yield exchange
        for channel in channels:
            channel.close()


def _serve_grpc(ready: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    import grpc

    worker = Replaying()
    handler = grpc.unary_unary_rpc_method_handler(lambda message, _: worker.answer(message))
    server = grpc.server(ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("searchlib", {"answer": handler}),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    ready.put(port)
    server.wait_for_termination()


@contextlib.contextmanager
def bare_http(shards: int) -> Iterator[Exchange]:
    """uvicorn with httptools, as `searchlib serve` has it, and a kept connection to each."""
    with _servers(shards, _serve_http) as ports:
        connections = [http.client.HTTPConnection("127.0.0.1", port) for port in ports]
        for connection in connections:
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def exchange(messages: Mapping[int, bytes]) -> object:
            for shard, message in messages.items():
                connections[shard].request("POST", "/", message)
            return [connections[shard].getresponse().read() for shard in messages]

        yield exchange
        for connection in connections:
            connection.close()


def _serve_http(ready: Any) -> None:
    import anyio.to_thread
    import uvicorn
    from starlette.requests import Request
    from starlette.responses import Response

    worker = Replaying()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        message = await Request(scope, receive).body()
        answer = await anyio.to_thread.run_sync(worker.answer, message)  # as an engine is asked
        await Response(answer)(scope, receive, send)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        ready.put(listener.getsockname()[1])
        config = uvicorn.Config(app, lifespan="off", log_level="error", http="httptools")
        uvicorn.Server(config).run([listener])


@contextlib.contextmanager
def _servers(shards: int, serve: Callable[[Any], None]) -> Iterator[list[int]]:
    context = multiprocessing.get_context("spawn")
    ready = context.Queue()
    processes = [context.Process(target=serve, args=(ready,), daemon=True) for _ in range(shards)]
    for process in processes:
        process.start()
    try:
        yield [ready.get(timeout=60) for _ in processes]
    finally:
        for process in processes:
            process.kill()
            process.join()


@contextlib.contextmanager
def bare_actors(shards: int) -> Iterator[Exchange]:
    """Ray's own rounds: actors that return what they are given, empty."""
    import ray

    class Empty:
        def answer(self, message: bytes) -> bytes:
            return message

    actors: list[Any] = [ray.remote(Empty).options(num_cpus=0).remote() for _ in range(shards)]

    def exchange(messages: Mapping[int, bytes]) -> object:
        return ray.get([actors[shard].answer.remote(b"") for shard in messages])

    exchange(dict.fromkeys(range(shards), b""))
    yield exchange
    for actor in actors:
        ray.kill(actor)
