"""Writes that wait share a commit; what is refused takes nothing with it, and nothing is done twice."""

from __future__ import annotations

import asyncio
import io
import json
import threading
from typing import Any

from serving import schema

from searchlib import Index
from searchlib.serve.writing.jobs import AddDocuments, Job, Merge
from searchlib.serve.writing.queue import WriteQueue


class Held(Job):
    """Keeps the writer until it is let go, so that others wait together."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def run(self, writer: Any, index: Index) -> dict[str, Any]:
        assert self.go.wait(60)
        return {}


def add(*documents: dict[str, Any]) -> AddDocuments:
    lines = "\n".join(map(json.dumps, documents))
    return AddDocuments(io.BytesIO(lines.encode()), "replace", "refuse")


def together(*jobs: Job) -> tuple[Index, list[Any]]:
    """The index after these jobs, which waited together, and what each answered."""
    index = Index.in_memory(schema())

    async def run() -> list[Any]:
        queue, held = WriteQueue(lambda: index), Held()
        first = asyncio.create_task(queue.do(held))
        await asyncio.sleep(0)
        others = [asyncio.create_task(queue.do(job)) for job in jobs]
        await asyncio.sleep(0)
        held.go.set()
        return (await asyncio.gather(first, *others, return_exceptions=True))[1:]

    return index, asyncio.run(run())


def test_they_share_a_commit() -> None:
    index, answers = together(*(add({"body": f"word{number}"}) for number in range(20)))
    assert {answer["generation"] for answer in answers} == {index.generation}
    assert len(index) == 20


def test_a_refused_one_takes_nothing_with_it() -> None:
    index, answers = together(add({"body": "one"}), add({"nothing": 1}), add({"body": "two"}))
    assert [isinstance(answer, Exception) for answer in answers] == [False, True, False]
    assert sorted(document["body"] for document in index) == ["one", "two"]


def test_what_commits_by_itself_shares_no_commit() -> None:
    """Else a refusal behind it has those before done twice, and documents without ids stand there twice."""
    index, answers = together(add({"body": "one"}), Merge(), add({"nothing": 1}), add({"body": "two"}))
    assert [isinstance(answer, Exception) for answer in answers] == [False, False, True, False]
    assert sorted(document["body"] for document in index) == ["one", "two"]
