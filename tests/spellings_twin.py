"""How else a word is written, in slow Python: what core/analysis/spellings.hpp says that needs no dictionary.

A match key comes in, other spellings go out. British and American ones are english_twin's, and the spelling
before 1918 is a table of tests' own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

LIGATURES = str.maketrans(
    {"æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "œ": "oe", "ŋ": "n"}
)


def other_spellings(word: str) -> Iterator[str]:
    """Each as a match key."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", word.translate(LIGATURES))
        if not unicodedata.combining(letter)
    )
    if not word.isascii() and bare.isascii():
        yield bare
    runs = word.rstrip(".").split(".")
    initials = "".join(runs)
    are_initials = len(runs) > 1 and initials.isalpha() and {1} <= set(map(len, runs)) <= {1, 2}
    if are_initials and len(initials) >= (2 if bare.isascii() else 3):
        yield initials
    if "'" in word[1:-1] and word[0] != "'" != word[-1]:
        yield word.replace("'", "")
    if "-" in word and not re.search(r"[0-9]", word):
        yield word.replace("-", "")
    if len(word) > 1 and set(word) <= set("хі"):
        yield word.translate(str.maketrans("хі", "xi"))
    if re.fullmatch(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?|[1-9][0-9]{0,2}('[0-9]{3})+(\.[0-9]*)?", word):
        yield re.sub("[,']", "", word)
    elif re.fullmatch(r"[0-9]+,[0-9]*", word):
        yield word.replace(",", ".")


def is_met(form: str, lemmas: Iterable[str], means: Callable[[str], bool]) -> bool:
    """Whether a pattern means a form as it is written, or by another spelling that the form stands under.

    means: whether the pattern means a match key.
    """
    if means(form):
        return True
    spellings = set(other_spellings(form))
    for lemma in lemmas:
        if not means(lemma):
            continue
        if lemma in spellings:
            return True
        of_others = {other for one in lemmas if one != lemma for other in other_spellings(one)}
        if lemma in of_others and any(map(means, spellings)):
            return True
    return False
