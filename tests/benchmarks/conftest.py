"""Two paragraphs, from which small corpora are sampled."""

from __future__ import annotations

import pytest
from benchmarks.vocabulary import Sources

from benchmarks import vocabulary

ENGLISH = (
    "The river keeps its name from the mountains to the desert, and people who live along the river tell old "
    "stories about floods, bridges, markets and merchants. Every spring water rises, fields turn green and "
    "villages send their children upstream where teachers wait in schools made of clay."
)
RUSSIAN = (
    "Река сохраняет своё имя от гор до пустыни, и люди на её берегах рассказывают старые истории о "
    "наводнениях, мостах, рынках и купцах. Каждую весну вода поднимается, поля зеленеют, и деревни "
    "отправляют детей вверх по течению, где учителя ждут в школах, построенных из глины. Осенью вода уходит, "
    "и всё начинается снова."
)


@pytest.fixture(scope="session")
def english() -> str:
    return ENGLISH


@pytest.fixture(scope="session")
def sources() -> Sources:
    return vocabulary.from_texts("two paragraphs", [ENGLISH, RUSSIAN])
