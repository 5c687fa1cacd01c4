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
    if code := re.fullmatch(
        r"([^-0-9]+)-([0-9][^-]*)|([0-9]{1,3})-([a-rt-z]|[a-z]{2}|[абвгджзклнопрстуфцчшщъыьэ])", word
    ):
        yield "".join(group for group in code.groups() if group)
    if re.fullmatch("[0-9]{3}-[0-9]{2}-[0-9]{2}|[0-9]{3}-[0-9]{3}-([0-9]{4}|[0-9]{2}-[0-9]{2})", word):
        yield word.replace("-", "")
    if re.fullmatch(r"[a-z0-9]{2,}\.(js|net)", word):
        yield word.replace(".", "")
    if re.fullmatch(r"[0-9][0-9x×х.,]*[×х][0-9x×х.,]*[0-9]", word):
        yield word.replace("×", "x").replace("х", "x")
    if years := re.fullmatch("([0-9]0|[0-9]{3}0)['-]?s", word):
        yield years[1]
    if plural := re.fullmatch("([a-z]+)(?:-([0-9]+)|([0-9]{2,}))s", word):
        yield "".join(group for group in plural.groups() if group)
    if "¬" in word:
        yield word.replace("-¬", "").replace("¬", "")
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


JOINERS = "-'.,_/@¬"


def is_met_joined(
    form: str, lemmas: Iterable[str], pattern: str, means: Callable[[str, str], bool], goes_on: bool = True
) -> bool:
    """Whether a pattern that begins with no wildcard means a form whose joiners it passes over.

    pattern: its text, as a match key. means(pattern, key): whether it means a match key. goes_on: a prefix.
    """
    groups = re.sub(r"(?<=[0-9])[,'](?=[0-9]{3}(?![0-9]))", "", pattern)
    if goes_on and groups != pattern:  # 1,000,0*
        groups = re.sub(r"(?<=[0-9]{3})[,'](?=[0-9]{0,2}\Z)", "", groups)
    bare, stripped = (re.sub(f"[{JOINERS}]", "", text) for text in (pattern, form))
    if bare and means(bare, stripped):
        if groups != pattern and means(groups, form):
            return True
        of_lemmas = {other for one in lemmas for other in other_spellings(one) if other != one} & set(lemmas)
        for spelling in other_spellings(form):
            if (means(pattern, spelling) or means(groups, spelling)) and (
                "¬" in form or spelling in lemmas or of_lemmas
            ):
                return True
    return is_run(form, pattern, means, goes_on)


def is_run(form: str, pattern: str, means: Callable[[str, str], bool], goes_on: bool) -> bool:
    """Whether it means some parts side by side: max_s* in set_max_size."""
    if not re.search("[-._/@]", pattern) or not re.search(f"[^{JOINERS}0-9?*]", pattern):
        return False
    borders = list(re.finditer(r"(?<![0-9])[-._/@]|[-_/@]|\.(?![0-9])", form))
    begins = [0, *(match.end() for match in borders)]
    ends = [*(() if goes_on else (match.start() for match in borders)), len(form)]
    return any(begin < end and means(pattern, form[begin:end]) for begin in begins for end in ends)
