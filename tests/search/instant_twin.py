"""Instant search by the book, over texts of plain words: which documents come in which tier, by brute force.

A word finds a document whose text has one of its lemmas. The last word goes on as the forms of all documents
that begin so, counted one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from searchlib import Analyzer, _core
from searchlib.analysis.stopwords import is_stopword
from searchlib.search.continuations import MAX_FORMS, MAX_WORDS
from searchlib.search.short_beginnings import MAX_LETTERS, MIN_SHARE
from searchlib.suggest.missing import RATIO

ANALYZER = Analyzer()


class Twin:
    """texts: of one field, by id, in the order in which they were added.

    related: which documents have a word or one akin to it, which counts where not all words are asked for.
    """

    def __init__(self, texts: Mapping[str, str], related: Callable[[str], set[str]]) -> None:
        self._related = related
        self._lemmas = {
            name: {lemma for token in ANALYZER.tokens(text) for lemma in token.lemmas}
            for name, text in texts.items()
        }
        self._tokens = {
            name: [set(token.lemmas) for token in ANALYZER.tokens(text)] for name, text in texts.items()
        }
        self._dfs: Counter[str] = Counter()
        for text in texts.values():
            self._dfs.update({_core.match_key(token.text) for token in ANALYZER.tokens(text)})

    def continuations(self, prefix: str) -> list[str]:
        """The most frequent forms that begin so, each with a lemma of its own."""
        key = _core.match_key(prefix)
        ranked = sorted(
            (form for form in self._dfs if form.startswith(key)), key=lambda form: (-self._dfs[form], form)
        )[:MAX_FORMS]
        found: list[str] = []
        known: set[str] = set()
        for form in [form for form in ranked if not is_stopword(form)] or ranked:
            lemmas = set(ANALYZER.lemmas(form))
            if not lemmas <= known:
                known |= lemmas
                found.append(form)
        return found[:MAX_WORDS]

    def is_whole(self, word: str, continuations: Sequence[str]) -> bool:
        """Whether the last word is one as it stands."""
        if not continuations or is_stopword(word):
            return True
        if not self.having(word):
            return False
        is_known = any(language.knows(_core.fold_case(word)) for language in _dictionaries())
        return is_known or self._dfs[_core.match_key(word)] * RATIO >= self._dfs[continuations[0]]

    def is_short(self, word: str) -> bool:
        """Whether it is a letter or two that tell too little to choose documents by."""
        dfs = [self._dfs[form] for form in self.continuations(word)]
        is_rare = bool(dfs) and (len(word) == 1 or self._dfs[_core.match_key(word)] * MIN_SHARE < sum(dfs))
        return len(word) <= MAX_LETTERS and is_rare and not is_stopword(word)

    def _right_behind(self, words: Sequence[str], last: str) -> set[str]:
        """The documents with all of the words where the last one follows the one before it, as a word."""
        if not self._dfs[_core.match_key(last)] or set(ANALYZER.lemmas(last)) != {_core.match_key(last)}:
            return set()
        one, other = set(ANALYZER.lemmas(words[-1])), set(ANALYZER.lemmas(last))
        return {
            name
            for name in self._with_all([(word,) for word in words])
            if any(not one.isdisjoint(a) and not other.isdisjoint(b) for a, b in pairwise(self._tokens[name]))
        }

    def having(self, *words: str) -> set[str]:
        """The documents that have one of these words in any form."""
        lemmas = {lemma for word in words for lemma in ANALYZER.lemmas(word)}
        return {name for name, its in self._lemmas.items() if not its.isdisjoint(lemmas)}

    def tiers(self, text: str, all_ways: bool) -> list[set[str]]:
        """The documents of each tier, without those of the tiers before.

        all_ways: whether the last word goes on in all its ways where only some words are asked for.
        """
        words = text.split()
        last = words.pop() if words and not text[-1].isspace() else None
        options: list[tuple[str, ...]] = [(word,) for word in words]
        whole = None
        if last is not None and self.is_short(last) and any(not is_stopword(word) for word in words):
            tiers = [self._right_behind(words, last), self._all_or_akin(options, None)]
            last = None  # it orders, and finds nothing
        elif last is not None:
            forms = self.continuations(last)
            is_whole = self.is_whole(last, forms)
            first = last if is_whole else forms[0]
            whole = [*options, (first,)]
            options.append((first, *forms))
            if not is_whole or len(options[-1]) == 1:
                whole = None if len(options) == 1 else [*options[:-1], (first,)]
                tiers = [self._all_or_akin(options, last)]
            else:
                tiers = [self._with_all(whole), self._all_or_akin(options, last)]
        else:
            tiers = [self._all_or_akin(options, None)]
        asked = (None if all_ways else whole) or options
        some = self._telling(asked)
        if len(self._telling(options)) > 1:
            begun = len(some) - 1 if last is not None and some[-1] is asked[-1] else -1
            tiers.append({name for at, one in enumerate(some) for name in self._some(one, at == begun)})
        seen: set[str] = set()
        left = []
        for tier in tiers:
            left.append(tier - seen)
            seen |= tier
        return left

    def _all_or_akin(self, options: Sequence[Sequence[str]], last: str | None) -> set[str]:
        """The documents with all of the words; one alone, which is not being typed, has its relatives."""
        telling = self._telling(options)
        if len(telling) == 1 and (last is None or telling[0] is not options[-1]):
            return self._related(telling[0][0])
        return self._with_all(options)

    def _with_all(self, options: Sequence[Sequence[str]]) -> set[str]:
        telling = self._telling(options)
        return set.intersection(*(self.having(*one) for one in telling)) if telling else set()

    def _some(self, words: Sequence[str], is_begun: bool) -> set[str]:
        return self.having(*words) if is_begun else self._related(words[0])

    @staticmethod
    def _telling(options: Sequence[Sequence[str]]) -> list[Sequence[str]]:
        """Without stopwords, unless there are no others."""
        return [one for one in options if not is_stopword(one[0])] or list(options)


def _dictionaries():
    from searchlib.analysis.languages import dictionaries

    return dictionaries(("en", "ru"))
