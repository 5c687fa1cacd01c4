"""What a Python user would write for Russian text today: pymorphy3 with a cache in front of tantivy.

Russian words are replaced by their first lemma; English ones stay. All else is the tantivy adapter's.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from ..corpora import Document, tokens
from . import Hit, Mode
from .tantivy import Tantivy


class TantivyPymorphy3(Tantivy):
    """Compared for indexing: its one lemma a word is another token stream than searchlib's lemma sets."""

    name = "tantivy_pymorphy3"
    requirements = (*Tantivy.requirements, "pymorphy3>=2.0.2", "pymorphy3-dicts-ru>=2.4")
    raw_text = True
    formula = None
    largest_size = 20_000
    setting = f"pymorphy3's first lemma of Russian words, cached; {Tantivy.setting}"

    def __init__(self) -> None:
        self._lemma: Callable[[str], str] | None = None

    def unavailable(self) -> str | None:
        if importlib.util.find_spec("pymorphy3") is None:
            return "pymorphy3 is not installed"
        return super().unavailable()

    def build(self, folder: Path, documents: Iterable[Document], threads: int = 1) -> int:
        lemmatised = (Document(identifier, self._lemmas(text)) for identifier, text in documents)
        return super().build(folder, lemmatised, threads)

    def one_shot(self, folder: Path, text: str) -> list[str] | None:
        return None

    def search(self, text: str, mode: Mode, k: int) -> list[Hit]:
        return super().search(self._lemmas(text), mode, k)

    def prepared(self, text: str, mode: Mode, k: int) -> Callable[[], object]:
        return super().prepared(self._lemmas(text), mode, k)

    def _lemmas(self, text: str) -> str:
        if self._lemma is None:
            self._lemma = _lemmatizer()
        return " ".join(map(self._lemma, tokens(text)))


def _lemmatizer() -> Callable[[str], str]:
    import pymorphy3

    parse = pymorphy3.MorphAnalyzer(lang="ru").parse

    @cache
    def lemma(word: str) -> str:
        return word if word.isascii() else str(parse(word)[0].normal_form).replace("ё", "е")

    return lemma
