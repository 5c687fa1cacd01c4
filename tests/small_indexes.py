"""Small indexes: some in which words go wrong, and that of corpus/."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from searchlib import Index, Schema, Sources, Text, update_index

RUSSIAN = {
    "minsk": "Президент Белоруссии Александр Лукашенко принял послов. Привет всем!",
    "tashkent": "Саммит ОДКБ в Ташкенте: лидеры обсудили безопасность. Лукашенко выступил первым.",
    "love": "Бутылка, любовь и объезд; юбилей жены прошёл хорошо. Ёлка, ежи и ещё елки.",
    "force": "Полиция столицы разогнала митинг, США и Россия выразили озабоченность.",
}
ENGLISH = {
    "summit": "The CSTO summit in Tashkent ended; presidents of five countries signed a treaty.",
    "police": "The police force of the capital arrested a man. Hello, said the government.",
    "minsk": "Lukashenko, the president of Belarus, met ambassadors. The US was not invited.",
    "paris": "Paris hosted the exhibition of carpets; the government of France paid for it.",
}


@pytest.fixture(scope="session")
def make_index() -> Callable[..., Index]:
    """An index of these texts, by id; cut into several segments if it is asked for."""

    def make(texts: dict[str, str], segment_size: int | None = None) -> Index:
        index = Index.in_memory(Schema(title=Text(boost=2.0), body=Text()))
        items = list(texts.items())
        with index.writer() as writer:
            for start in range(0, len(items), segment_size or len(items)):
                for name, text in items[start : start + (segment_size or len(items))]:
                    writer.add({"id": name, "body": text})
                writer.commit(merge=False)
        index.refresh()
        return index

    return make


@pytest.fixture(scope="session")
def russian(make_index: Callable[..., Index]) -> Index:
    return make_index(RUSSIAN)


@pytest.fixture(scope="session")
def english(make_index: Callable[..., Index]) -> Index:
    return make_index(ENGLISH)


@pytest.fixture(scope="session")
def mixed(make_index: Callable[..., Index]) -> Index:
    """Both, in eight segments."""
    texts = {f"ru-{name}": text for name, text in RUSSIAN.items()}
    return make_index(texts | {f"en-{name}": text for name, text in ENGLISH.items()}, 1)


@pytest.fixture(scope="session")
def corpus() -> Index:
    """The project's own documents, which no test changes."""
    sources = Sources(Path(__file__).parents[1] / "corpus")
    index = Index.in_memory(sources.schema)
    with index.writer() as writer:
        update_index(sources, writer)
    index.refresh()
    return index
