"""The command as a process, its result, and the small bilingual corpus of these tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import searchlib

TEXTS: dict[str, bytes] = {
    "csto.txt": b"CSTO in Tashkent\n\nThe police force of Tashkent learned a lesson. The CSTO did not.\n",
    "ru/vybory.txt": (
        "Выборы\n\nВыборы президента прошли осенью. Люди шли на участки с утра, и очереди стояли до вечера.\n"
    ).encode(),
    "ru/cp1251.txt": (
        "Парламент собрался\n\nДепутаты парламента собрались в столице и обсудили бюджет страны на год"
        " вперёд; спор длился до ночи."
    ).encode("cp1251"),
    "notes.md": b"# Rivers\n\nThe **Amu Darya** once reached the Aral Sea.\n",
    "rows.jsonl": b'{"id": "r1", "title": "Row", "body": "Row one of Tashkent"}\n{"body": "Row two"}\n',
}


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Ran]


def command_line(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "searchlib", *arguments]


def process_environment(**more: str) -> dict[str, str]:
    source = str(Path(searchlib.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": source, **more}
