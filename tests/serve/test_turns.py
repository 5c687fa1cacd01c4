"""Questions go to threads and come back: answers, errors, and requests that are given up meanwhile."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from searchlib.serve.asking.turns import Turns
from searchlib.serve.settings import Limits

PATIENCE = 30.0


async def stays() -> bool:
    return False


def asked(ask: Callable[[Turns], Awaitable[Any]], **limits: Any) -> Any:
    """What comes of questions, after which the threads go."""

    async def run() -> Any:
        before = {thread for thread in threading.enumerate() if thread.name.startswith("searchlib-asks")}
        turns = Turns(Limits(**limits))
        try:
            return await ask(turns)
        finally:
            turns.close()
            for thread in set(threading.enumerate()) - before:
                if thread.name.startswith("searchlib-asks"):
                    await asyncio.to_thread(thread.join, PATIENCE)
                    assert not thread.is_alive()
            assert (turns.asked, turns.running) == (0, 0)

    return asyncio.run(run())


def test_answers_come_back_each_to_its_own() -> None:
    async def ask(turns: Turns) -> list[int]:
        return await asyncio.gather(*(turns.ask(lambda n=n: n * n, stays) for n in range(200)))  # type: ignore[misc]

    assert asked(ask, concurrent=3) == [n * n for n in range(200)]


def test_so_many_run_at_a_time() -> None:
    lock, most, now = threading.Lock(), [0], [0]

    def question() -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.01)
        with lock:
            now[0] -= 1

    async def ask(turns: Turns) -> None:
        await asyncio.gather(*(turns.ask(question, stays) for _ in range(20)))

    asked(ask, concurrent=2)
    assert most[0] == 2


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), SystemExit(1), StopIteration(3)])
def test_errors_are_raised_where_the_question_was_asked(error: BaseException) -> None:
    def question() -> None:
        raise error

    async def ask(turns: Turns) -> tuple[BaseException, int]:
        try:
            await turns.ask(question, stays)
        except BaseException as raised:
            return raised, await turns.ask(lambda: 1, stays)
        raise AssertionError

    try:
        raised, after = asked(ask, concurrent=1)
    except (KeyboardInterrupt, SystemExit):  # asyncio lets these through to who runs it
        assert isinstance(error, (KeyboardInterrupt, SystemExit))
        return
    assert after == 1
    assert raised is error or (isinstance(error, StopIteration) and isinstance(raised, RuntimeError))


def test_what_is_given_up_has_its_turn_to_its_end() -> None:
    may_end, begun = threading.Event(), threading.Event()

    def question() -> bool:
        begun.set()
        return may_end.wait(PATIENCE)

    async def ask(turns: Turns) -> None:
        task = asyncio.ensure_future(turns.ask(question, stays))
        await asyncio.to_thread(begun.wait, PATIENCE)
        task.cancel()
        await asyncio.sleep(0.05)
        assert not task.done() and turns.running == 1
        may_end.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert turns.running == 0

    asked(ask, concurrent=1)


def test_what_runs_when_the_server_ends_is_still_answered() -> None:
    may_end, begun = threading.Event(), threading.Semaphore(0)

    def question() -> str:
        begun.release()
        assert may_end.wait(PATIENCE)
        return "answered"

    async def run() -> list[str]:
        turns = Turns(Limits(concurrent=2))
        running = [asyncio.ensure_future(turns.ask(question, stays)) for _ in range(2)]
        for _ in running:
            assert await asyncio.to_thread(begun.acquire, timeout=PATIENCE)
        turns.close()
        with pytest.raises(RuntimeError, match="ended"):
            await Turns._in_a_thread(turns, question)
        may_end.set()
        return await asyncio.wait_for(asyncio.gather(*running), PATIENCE)

    assert asyncio.run(run()) == ["answered", "answered"]


def test_what_was_asked_just_before_the_end_is_answered() -> None:
    async def run() -> int:
        turns = Turns(Limits(concurrent=1))
        asked = asyncio.ensure_future(turns.ask(lambda: 1, stays))
        await asyncio.sleep(0)  # it is handed on, and no thread has heard of it
        turns.close()
        return await asyncio.wait_for(asked, PATIENCE)

    assert asyncio.run(run()) == 1


def test_an_event_loop_that_is_gone_waits_for_nothing() -> None:
    may_end, begun = threading.Event(), threading.Event()

    def question() -> None:
        begun.set()
        may_end.wait(PATIENCE)

    async def run() -> Turns:
        turns = Turns(Limits(concurrent=1))
        asyncio.ensure_future(turns.ask(question, stays)).add_done_callback(lambda _: None)
        await asyncio.to_thread(begun.wait, PATIENCE)
        turns.close()
        return turns

    before = set(threading.enumerate())  # with those of other tests' servers
    loop = asyncio.new_event_loop()
    turns = loop.run_until_complete(run())
    loop.close()  # with the question on its way
    may_end.set()
    for thread in set(threading.enumerate()) - before:
        if thread.name.startswith("searchlib-asks"):
            thread.join(PATIENCE)
            assert not thread.is_alive()
    assert turns.asked == 1


def test_nothing_stays_open() -> None:
    async def ask(turns: Turns) -> int:
        return await turns.ask(lambda: 1, stays)

    async def ask_nothing(turns: Turns) -> None:
        pass

    asked(ask)
    before = len(list(Path("/dev/fd").iterdir()))
    for _ in range(50):
        asked(ask)
        asked(ask_nothing)
    assert len(list(Path("/dev/fd").iterdir())) <= before
