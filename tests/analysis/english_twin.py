"""The candidate rules of core/analysis/english_rules.cpp once more: slow, readable, on NLTK's own morphy."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any


def wordnet_table() -> ModuleType:
    """tools/wordnet_table.py, which is a script and no package."""
    path = Path(__file__).parents[2] / "tools" / "wordnet_table.py"
    spec = importlib.util.spec_from_file_location("wordnet_table", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SYLLABLE = "(?=.*[aeiouy]).{2,}"
SPELLINGS = [
    ("our", "or", SYLLABLE, ".*"),
    ("ise", "ize", SYLLABLE, ".*"),
    ("isa", "iza", SYLLABLE, ".*"),
    ("isi", "izi", SYLLABLE, ".*"),
    ("yze", "yse", SYLLABLE, ".*"),
    ("tre", "ter", SYLLABLE + "(?<![tu])", ""),
    ("bre", "ber", SYLLABLE + "(?<!m)", ""),
    ("ogue", "og", SYLLABLE + "(?<=...)", ""),
    ("ence", "ense", SYLLABLE + "(?<=...)", ""),
    ("gramme", "gram", ".*", ""),
    ("gement", "gment", SYLLABLE, ""),
    ("ae", "e", ".*", ".+"),
    ("oe", "e", ".*", ".+"),
    ("ll", "l", SYLLABLE + "(?<=....)", "[aeiouy].*"),
    ("sulph", "sulf", ".*", ".*"),
    ("sceptic", "skeptic", ".*", ".*"),
    ("plough", "plow", ".*", ".*"),
    ("mould", "mold", ".*", ".*"),
    ("grey", "gray", ".*", ".*"),
    ("aeroplane", "airplane", ".*", ".*"),
    ("aluminium", "aluminum", ".*", ".*"),
    ("ageing", "aging", ".*", ""),
    ("artefact", "artifact", ".*", ".*"),
    ("connexion", "connection", ".*", ".*"),
    ("cosy", "cozy", ".*", ".*"),
    ("disc", "disk", ".*", ""),
    ("enrol", "enroll", ".*", ""),
    ("fulfil", "fulfill", ".*", ""),
    ("gaol", "jail", ".*", ".*"),
    ("instalment", "installment", ".*", ".*"),
    ("jewellery", "jewelry", ".*", ".*"),
    ("manoeuvre", "maneuver", ".*", ".*"),
    ("moustache", "mustache", ".*", ".*"),
    ("practise", "practice", ".*", ".*"),
    ("pyjama", "pajama", ".*", ".*"),
    ("skilful", "skillful", ".*", ".*"),
    ("wilful", "willful", ".*", ".*"),
    ("woollen", "woolen", ".*", ".*"),
    ("yoghurt", "yogurt", ".*", ".*"),
]
"""What is replaced, by what, behind what, before what; in this order."""


def doubles_its_consonant(stem: str) -> bool:
    return re.fullmatch(r"(qu|[^aeiouy])*[aeiouy][^aeiouyswx]", stem) is not None


class Twin:
    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self.words = wordnet_table().vocabulary(reader)
        self.irregular = wordnet_table().exceptions(reader)

    def lemmas(self, form: str) -> list[str]:
        """The candidates in order, then their American spellings; empty when WordNet has none."""
        weights: dict[str, int] = {}
        for part in "nvar":
            for lemma in self.candidates(form, part):
                weights[lemma] = weights.get(lemma, 0) + self.weight(form, lemma, part)
        found = sorted(weights, key=lambda lemma: (-weights[lemma], self.tie(form, lemma)))
        return list(dict.fromkeys(found + [other for lemma in found for other in self.spellings(lemma)]))

    def weight(self, form: str, lemma: str, part: str) -> int:
        """SemCor's count; of a verb's, three fifths count for a form in -ing."""
        count = self.words[lemma][part]
        return count * 3 // 5 if part == "v" and lemma != form and form.endswith("ing") else count

    def spellings(self, lemma: str) -> list[str]:
        """What the lemma is on the other side of the ocean, where WordNet has both."""
        found, spelling = [], lemma
        for old, new, before, behind in SPELLINGS:
            if old in ("ae", "oe") and len(lemma) < 6:
                continue
            for place in re.finditer(f"(?={old})", spelling):
                head, tail = spelling[: place.start()], spelling[place.start() + len(old) :]
                variant = head + new + tail
                shared = self.words.get(lemma, {}).keys() & self.words.get(variant, {}).keys()
                if shared and re.fullmatch(before, head) and re.fullmatch(behind, tail):
                    found.append(variant)
                    spelling = variant
                    break
        return found

    def candidates(self, form: str, part: str) -> list[str]:
        found = [lemma for lemma in self.reader._morphy(form, part) if "_" not in lemma]
        if form in self.irregular[part]:
            return found
        found = [lemma for lemma in found if lemma == form or self.is_plausible(form, lemma, part)]
        further = [lemma for lemma in self.further(form, part) if part in self.words.get(lemma, ())]
        return list(dict.fromkeys(found + further))

    def is_plausible(self, form: str, lemma: str, part: str) -> bool:
        """Whether English would inflect this lemma to this form; morphy itself does not ask."""
        if len(form) < 3 or len(lemma) < 2:
            return False
        if form == lemma + "s" and (lemma.endswith("s") or (len(lemma) < 3 and form in self.words)):
            return False
        if part == "v" and form == lemma + "es" and not re.search(r"(s|x|z|ch|sh|o)$", lemma):
            return False
        if part == "v" and form in (lemma + "ed", lemma + "ing") and doubles_its_consonant(lemma):
            return False
        if part == "a":
            if form in (lemma + "er", lemma + "est") and doubles_its_consonant(lemma):
                return False
            return sum(self.words.get(form, {}).values()) <= 4 * self.words[lemma]["a"]
        return True

    def further(self, form: str, part: str) -> Iterator[str]:
        """What morphy has as exceptions only: potatoes → potato, blogged and blogging → blog."""
        if part == "n" and re.fullmatch(r".+oes", form):
            yield form[:-2]
        doubled = re.fullmatch(r"(.+([^aeiouy]))\2(ed|ing)", form)
        if part == "v" and doubled:
            yield doubled[1]

    def tie(self, form: str, lemma: str) -> tuple[object, ...]:
        for rank, part in enumerate("nvar"):
            lemmas = self.irregular[part].get(form, [])
            if lemma in lemmas and part in self.words[lemma] and lemma != form:
                return (False, False, rank, lemmas.index(lemma))
        shared = 0
        while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
            shared += 1
        return (lemma == form, True, len(form) - shared, shared - len(lemma))


def inflections(word: str) -> Iterator[str]:
    """Every form that a regular English word could have, and many that it could not."""
    yield word
    for ending in ("s", "es", "d", "ed", "ing", "r", "er", "st", "est"):
        yield word + ending
    for ending in ("ed", "ing", "er", "est"):
        yield word + word[-1] + ending
    if word.endswith("e"):
        yield word[:-1] + "ing"
    if word.endswith("y"):
        for ending in ("ies", "ied", "ier", "iest"):
            yield word[:-1] + ending
    if word.endswith("man"):
        yield word[:-2] + "en"
    if word.endswith("f"):
        yield word[:-1] + "ves"
