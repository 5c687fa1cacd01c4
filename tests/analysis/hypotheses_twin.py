"""The rules of core/analysis/russian_hypotheses.cpp once more: slow, readable, on pymorphy3's dictionary.

A word and what the dictionary says of it come in, its lemmas with the guessed ones behind them go out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

VOWELS = "аеиоуыэюя"
SURNAME = "([а-я]{3,}(?:ов|ев|ин|ын))"
OF_SURNAMES = ("", "а", "у", "е", "ы", "ым", "ой", "ых", "ыми", "о", "ом")
ENDINGS = """
    ого его ому ему ыми ими ами ями ом ем им ым ой ей ою ею ью ая яя ую юю ое ее ые ый ий ых их ам
    ям ах ях ов ев а у е ы и о я ю ь
"""
OF_YOT = ["я", "ю", "е", "и", "ем", "ей", "ею", "ям", "ях", "ями", "ев"]
OF_TWO_KINDS = ["ая", "ому", "ему"]


class HypothesesTwin:
    """oracle: pymorphy3's analyzer."""

    def __init__(self, oracle: Any) -> None:
        self.oracle = oracle

    def lemmas(self, word: str) -> tuple[str, ...]:
        """What the dictionary or its rules say, and then the guesses, without ё and without repetition."""
        own = [plain(lemma) for lemma in self.oracle.normal_forms(word)]
        if self.oracle.word_is_known(word):
            guesses = self.of_known(plain(word), own)
        else:
            guesses = self.of_unknown(plain(word))
        return tuple(dict.fromkeys([*own, *guesses]))

    def known(self, word: str) -> list[str]:
        """What the dictionary says of a word; nothing if it lacks it."""
        if not self.oracle.word_is_known(word):
            return []
        return [plain(lemma) for lemma in self.oracle.normal_forms(word)]

    def is_name(self, word: str) -> bool:
        tags = ",".join(str(tag) for tag in self.oracle.tag(word))
        return any(kind in tags for kind in ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad"))

    def of_known(self, word: str, own: list[str]) -> Iterator[str]:
        name, ending = surname(word)
        if name:
            adjective = {name + "ый", name + "ой"}
            is_noun = not ending and bool(set(own) - adjective)
            if (
                (name + "о" in own and self.is_name(name + "о"))
                or is_noun
                or (adjective & set(own) and name in self.known(name))
            ):
                yield name
        for lemma in own:
            if re.fullmatch(".{2,}[сц]к(ое|ая)", lemma):
                yield lemma[:-2] + "ий"

    def of_unknown(self, word: str) -> Iterator[str]:
        yield word
        if not re.fullmatch("[а-я-]+", word):
            return
        if "-" in word:
            yield from self.of_compound(word)
            return
        if len(word) < 3:
            return
        name, _ = surname(word)
        if name:
            yield name
            found = self.known(name)
            if not set(found) - {name + "ый", name + "ой"}:
                yield from found
            yield from self.known(name + "а")
        if word.endswith(("улью", "елью")):
            yield word[:-1]
        for stem in stems(word):
            yield stem
            if stem != name:
                yield from self.known_of_stem(stem)
        yield from self.known_forms(word)

    def known_of_stem(self, stem: str) -> Iterator[str]:
        found = self.known(stem)
        if stem not in found:
            yield from found
        if stem.endswith("к") and stem + "о" in self.known(stem + "о"):
            yield stem + "о"

    def known_forms(self, word: str) -> Iterator[str]:
        if word[-1] in VOWELS + "йьъ":
            if re.fullmatch(".{4,}(ий|ый|ой)", word):
                yield from self.known(word[:-2] + "ого")
            return
        yield from self.known(word + "а")
        yield from self.known(word + ("ым" if word.endswith(("ов", "ев", "ин", "ын")) else "ов"))
        if word.endswith(("ск", "цк")):
            yield from self.known(word + "ий")

    def of_compound(self, word: str) -> Iterator[str]:
        parts = word.split("-")
        if not all(parts) or len(parts) > 4:
            return
        if all(self.oracle.word_is_known(part) and not surname(part)[0] for part in parts):
            return
        nominatives = [self.nominative(part) for part in parts]
        yield "-".join([*parts[:-1], nominatives[-1]])
        yield "-".join(nominatives)
        if nominatives[-1].endswith(("ск", "цк")) and self.known(nominatives[-1] + "ий"):
            yield "-".join([*parts[:-1], nominatives[-1] + "ий"])

    def nominative(self, part: str) -> str:
        return surname(part)[0] or next(iter(self.known(part) or stems(part)), part)


def plain(word: str) -> str:
    return word.replace("ё", "е")


def surname(word: str) -> tuple[str, str]:
    """The nominative and the ending, if the word may be a form of a surname."""
    for ending in OF_SURNAMES:
        found = re.fullmatch(SURNAME + ending, word)
        if found:
            return found[1], ending
    return "", ""


def stems(word: str) -> list[str]:
    """What is left of a word without an ending that it may have."""
    found = []
    for ending in ENDINGS.split():
        stem = word.removesuffix(ending)
        if stem == word:
            continue
        if stem[-1:] and stem[-1] in VOWELS:
            if ending in OF_YOT:
                stem += "й"
            elif len(ending) > 1:
                continue
        stem = stem.rstrip("ь")
        if len(stem) < 3:
            continue
        found.append(stem)
        if ending not in OF_TWO_KINDS:
            break
    fleeting = re.fullmatch(f"(.+[^{VOWELS}])[ое]к|(.+[^{VOWELS}])ец", word)
    if fleeting:
        found.append(fleeting[1] + "к" if fleeting[1] else fleeting[2] + "ц")
    return found
