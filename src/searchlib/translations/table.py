"""Translations: what a word of a query may be called in another language, from dictionaries of the user's.

Terms are looked up by the lemmas of their words, so that «выборах» is an election. Where a word, or one of
its root, stands in the dictionary, its translations come by how probable they are. Neither queries nor
indexes are known here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from .. import _core
from ..analysis.analyzer import Analyzer
from ..analysis.languages import DEFAULT_LANGUAGES, dictionaries
from ..errors import SourceError
from ..synonyms.table import words_of
from .compiled import MAGIC, Compiled

if TYPE_CHECKING:
    from .contract import Dictionary

MAX_FILE_BYTES = 512_000_000
"""Of a compiled table."""

OTHER_LEMMA = 0.5
"""How much a translation of another lemma than the likeliest counts: of «стали», сталь after стать."""

RELATIVE = 0.36
"""And one of a word of the same root: publication, where the query has "publish"."""

_MAX_KEPT, _MAX_KEPT_CHARS = 20_000, 200


class Translations:
    """Bilingual dictionaries, both ways; immutable, safe to share. `a | b` looks in both.

    left_out: what of the files was not taken, and how much of it; empty for tables.
    """

    def __init__(self, pairs: Iterable[tuple[str, str] | tuple[str, str, float]] = ()) -> None:
        """pairs: a word, its translation and perhaps a weight; Translations.load reads a file."""
        self._tables: tuple[Compiled, ...] = ()
        self.left_out: dict[str, int] = {}
        self._kept: dict[str, list[tuple[str, float]]] = {}  # queries have words in common
        given = list(pairs)
        if given:
            from .contract import Dictionary, infinitive

            dictionary = Dictionary("translations")
            for word, translation, *weights in given:
                weight = float(weights[0]) if weights else 1.0
                if not 0 < weight < float("inf"):
                    raise ValueError(f"a weight is a number above 0, got {weight!r}")
                dictionary.add(infinitive(word), infinitive(translation), weight)
            self._compile(dictionary)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Translations:
        """The dictionary of a file, or the table that `save` or `searchlib translations build` made of one.

        Read are Open Multilingual WordNet's .tab files, dictionaries of dictd (.index with .dict or .dict.dz)
        and of StarDict (.ifo, .idx, .dict or .dict.dz), by the path of any of their files, and lines of word,
        tab, translation and perhaps a tab and a weight; docs/translations.md says more. A dictionary takes a
        second or two, a table milliseconds.

        SourceError if it cannot be read, is too large, damaged, or has no translation in it.
        """
        path = os.fspath(path)
        loaded = cls()
        data = _table_at(path)
        if data is not None:
            loaded._tables = (Compiled(data, path, _analyzer()),)
            return loaded
        from .reading import read_dictionary

        loaded._compile(read_dictionary(path))
        return loaded

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write a table that loads in milliseconds; a table that is there is replaced at once.

        It is for the searchlib and the dictionaries that made it: another one says that it is to be made
        anew. SourceError for what `a | b` gave, and for a file there that is no table; OSError.
        """
        path = os.fspath(path)
        if len(self._tables) != 1:
            raise SourceError(f"a table has one dictionary, here are {len(self._tables)}; save each alone")
        if os.path.lexists(path) and _table_at(path) is None:
            raise SourceError(f"{path} is there and no table of translations; choose another name")
        from ..replacing import replaced

        with replaced(path, binary=True) as file:
            file.write(self._tables[0].data)

    def of(self, text: str) -> list[tuple[str, float]]:
        """What a word, or several, may be translated as, with probabilities, the most probable first.

        They are for the likeliest lemma; those of another lemma count half, those of words of the same root
        .36. [] if there are none.
        """
        if len(text) > _MAX_KEPT_CHARS:
            return self._found(text)
        kept = self._kept.get(text)
        if kept is None:
            if len(self._kept) >= _MAX_KEPT:
                self._kept.clear()
            kept = self._kept[text] = self._found(text)
        return list(kept)

    def _found(self, text: str) -> list[tuple[str, float]]:
        found: dict[str, float] = {}
        words = words_of(text)
        if 1 <= len(words) <= self.max_words:
            for key, share in self._keys(words):
                for table in self._tables:
                    for term, probability in table.translations(key):
                        found[term] = max(found.get(term, 0.0), share * probability)
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def max_words(self) -> int:
        """Words of the longest headword."""
        return max((table.max_words for table in self._tables), default=0)

    def __or__(self, other: Translations) -> Translations:
        both = Translations()
        both._tables = self._tables + other._tables
        both.left_out = {
            reason: self.left_out.get(reason, 0) + other.left_out.get(reason, 0)
            for reason in (*self.left_out, *other.left_out)
        }
        return both

    def __len__(self) -> int:
        """How many words and phrases have translations, of both languages."""
        return sum(table.num_words for table in self._tables)

    def __repr__(self) -> str:
        return f"<Translations: {len(self)} words>"

    def _keys(self, words: Sequence[Sequence[str]]) -> Iterator[tuple[str, float]]:
        """Under which keys translations are looked for, and how much those of each count."""
        if len(words) > 1:
            yield " ".join(lemmas[0] for lemmas in words), 1.0
            return
        lemmas = words[0]
        yield from zip(lemmas, [1.0] + [OTHER_LEMMA] * len(lemmas), strict=False)
        for language in dictionaries(DEFAULT_LANGUAGES):
            for relative in language.relatives(lemmas[:1], self._same_root):
                yield relative, RELATIVE

    def _same_root(self, kind: str, lemmas: list[str]) -> list[str]:
        """The headwords that have the root of one of these, by Russian suffixes; stems are not asked for."""
        if kind != "root":
            return []
        roots = filter(None, map(_core.russian_root, lemmas))
        return [key for root in roots for table in self._tables for key in table.of_root(root)]

    def _compile(self, dictionary: Dictionary) -> None:
        from .building import lines_of
        from .compiled import encode

        data = encode(lines_of(dictionary), _analyzer(), os.path.basename(dictionary.name))  # noqa: PTH119
        self._tables = (Compiled(data, dictionary.name, _analyzer()),)
        self.left_out = dict(dictionary.left_out.most_common())


def _analyzer() -> str:
    return Analyzer.for_languages(DEFAULT_LANGUAGES).fingerprint


def _table_at(path: str) -> bytes | None:
    """The bytes of a table; None if the file is something else, or cannot be read."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (pathlib takes longer to load than a table)
            if file.read(len(MAGIC)) != MAGIC:
                return None
            data = MAGIC + file.read(MAX_FILE_BYTES)
    except OSError:
        return None
    if len(data) >= MAX_FILE_BYTES:
        raise SourceError(f"{path}: a table of translations has at most {MAX_FILE_BYTES:,} bytes")
    return data
