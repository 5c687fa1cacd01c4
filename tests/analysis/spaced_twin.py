"""The slow twin of text/spaced.cpp: wholes with spaces inside (т. д., А. С., telephone numbers)."""

from __future__ import annotations

import re

from characters_twin import kind_of

KNOWN_INITIALS = frozenset(
    """тд тп те нэ тк тн то ио тч бу чл стл лс уе сш юш вд зд мб дб нс гв гр жд сх зп тс снс мнс чтд аем
    eg ie am pm ps nb aka rip asap""".split()  # noqa: SIM905
)
NARROW_SPACES = frozenset(" \u00a0\u2009\u202f")


def spaced_whole(text: str, start: int) -> tuple[int, int] | None:
    """Where the whole with spaces inside begins and ends that begins with the word at `start`."""
    return telephone(text, start) if text[start] in "0123456789" else initials(text, start)


def initials(text: str, start: int) -> tuple[int, int] | None:
    spoon = text.startswith("ст.", start)
    if len(text[start].encode()) > 2 or text[start + 2 + spoon : start + 3 + spoon] not in NARROW_SPACES:
        return None
    letters, at, end, spaced, count = "", start, start, False, 0
    while count < 4 and kind_of(text[at : at + 1] or " ") in "aA":
        size = 2 if spoon and count == 0 else 1
        if text[at + size : at + size + 1] != ".":
            break
        letters += text[at : at + size]
        end = at = at + size + 1
        count += 1
        small = _lowered(letters[0]) + letters[1:]
        degree = re.fullmatch("[кд][\u0080-\u07ff]н", small)
        if (small in KNOWN_INITIALS or degree) and spaced:
            return start, end
        while text[at : at + 1] in NARROW_SPACES and len(text[end:at].encode()) < 6:
            at += 1
        spaced = spaced or at != end
    if count < 2 or any(kind_of(char) != "A" for char in letters) or not set(text[start:end]) & NARROW_SPACES:
        return None
    return start, end


def _lowered(letter: str) -> str:
    return letter.lower() if "A" <= letter <= "Z" or "А" <= letter <= "Я" else letter


def telephone(text: str, start: int) -> tuple[int, int] | None:
    mark = text[start - 1] if start and text[start - 1] in "+(" else ""
    if not mark and (text[start] not in "78" or text[start + 1 : start + 2] in "0123456789"):
        return None
    groups: list[str] = []
    brackets, at, end = int(mark == "("), start, start
    while len(groups) < 8 and (group := re.compile("[0-9]+").match(text, at)):
        groups.append(group[0])
        at = end = group.end()
        if len("".join(groups)) > 15 or len(group[0]) > 11:
            return None
        hyphen = False
        for char in text[at : at + 3]:
            if char in "0123456789":
                break
            if char in "-‐‑‒–":
                if hyphen:
                    break
                hyphen = True
            elif char == "(":
                brackets += 1
                if brackets > 1:
                    return None
            elif char == ")":
                brackets += 1
                if brackets != 2:
                    break
            elif char not in NARROW_SPACES:
                break
            at += 1
    count = len("".join(groups))
    if len(groups) < 3 or brackets == 1 or count < 10 or kind_of(text[end : end + 1] or " ") in "aA":
        return None
    if mark != "+" and count != (10 if mark else 11):
        return None
    return start - len(mark), end
