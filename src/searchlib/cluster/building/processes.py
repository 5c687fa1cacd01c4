"""Tasks in processes beside this one, each of which is given one after the other through its pipes.

A process that dies costs the task that it was at, which is begun again in a new one.
"""

from __future__ import annotations

import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any, NamedTuple

from .runners import MAX_ATTEMPTS, Here, Runner, too_many_deaths

_LENGTH = struct.Struct("<Q")
_TICK_SECONDS = 0.2


class _Died(Exception):
    """The process is gone."""


class _Done(NamedTuple):
    number: int
    value: Any
    error: BaseException | None


class Processes(Runner):
    """So many processes at most, which are started when there is something to do."""

    def __init__(self, num: int) -> None:
        self._num = num
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()
        self._mutex = threading.Lock()
        self._is_closed = False

    def run(
        self, function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], tick: Callable[[], object]
    ) -> Iterator[tuple[int, Any]]:
        """See Runner."""
        waiting = iter(list(enumerate(tasks)))
        done: queue.Queue[_Done] = queue.Queue()
        threads = [
            threading.Thread(target=self._work, args=(function, waiting, done), daemon=True)
            for _ in range(min(self._num, len(tasks)))
        ]
        for thread in threads:
            thread.start()
        left = len(tasks)
        while left:
            try:
                number, value, error = done.get(timeout=_TICK_SECONDS)
            except queue.Empty:
                tick()
                continue
            if error is not None:
                self.close()
                raise error
            left -= 1
            yield number, value
            tick()
        for thread in threads:
            thread.join()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        with self._mutex:
            self._is_closed = True
            children = list(self._all)
        for child in children:
            child.end()

    def _work(
        self,
        function: Callable[..., Any],
        waiting: Iterator[tuple[int, tuple[Any, ...]]],
        done: queue.Queue[_Done],
    ) -> None:
        """One thread: takes tasks as long as there are some."""
        while not self._is_closed:
            with self._mutex:
                number, arguments = next(waiting, (-1, ()))
            if number < 0:
                return
            try:
                done.put(_Done(number, self._done(function, arguments), None))
            except BaseException as error:
                done.put(_Done(number, None, error))
                return

    def _done(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        how = ""
        for _ in range(MAX_ATTEMPTS):
            child = self._child()
            try:
                value, error = child.ask(function, arguments)
            except _Died as died:
                how = str(died)
                with self._mutex:
                    self._all.discard(child)
                if self._is_closed:
                    break
                continue
            with self._mutex:
                self._idle.append(child)
            if error is not None:
                raise error
            return value
        raise too_many_deaths(f"{getattr(function, '__name__', function)}{how}", MAX_ATTEMPTS)

    def _child(self) -> _Child:
        with self._mutex:
            if self._is_closed:
                raise RuntimeError("the processes were ended")  # to a thread that nobody listens to any more
            if self._idle:
                return self._idle.pop()
            child = _Child()
            self._all.add(child)
            return child


def default_runner() -> Runner:
    """As many processes as there are processors; where there is one, none beside this."""
    num = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Processes(num) if num > 1 else Here()


class _Child:
    """One process."""

    def __init__(self) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import serve_tasks; serve_tasks()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout

    def ask(
        self, function: Callable[..., Any], arguments: tuple[Any, ...]
    ) -> tuple[Any, BaseException | None]:
        try:
            _send(self._to, (function, arguments))
            answer: tuple[Any, BaseException | None] = _receive(self._from)
            return answer
        except (OSError, EOFError, ValueError):
            self.end()
            raise _Died(f" (exit code {self._process.returncode})") from None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._to, self._from):
            try:
                pipe.close()
            except OSError:  # what was not sent is lost
                continue


def serve_tasks() -> None:
    """What such a process does: tasks from its standard input. What they print goes to stderr."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            function, arguments = _receive(asked)
        except EOFError:
            return
        try:
            answer: tuple[Any, BaseException | None] = function(*arguments), None
        except Exception as error:
            answer = None, _sendable(error)
        try:
            _send(answers, answer)
        except BrokenPipeError:  # who asked was ended meanwhile, and nobody is left to be told
            os._exit(1)


def _sendable(error: Exception) -> Exception:
    """An error that comes out of a pickle again."""
    try:
        pickle.loads(pickle.dumps(error))
        return error
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")


def _send(pipe: IO[bytes], message: object) -> None:
    data = pickle.dumps(message)
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    data = pipe.read(_LENGTH.unpack(head)[0])
    if len(data) < _LENGTH.unpack(head)[0]:
        raise EOFError
    return pickle.loads(data)
