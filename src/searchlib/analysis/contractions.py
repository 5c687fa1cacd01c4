"""What Russian words side by side are short for: «чайная ложка» is written «ч. л.», too.

The core posts «ч. л.» at its place under the words that it stands for, but words of one place are no phrase.
So a phrase that has these words gets the contraction as a whole over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from .. import _core
from .analyzer import Token


@cache
def _contractions() -> dict[str, list[tuple[str, list[str]]]]:
    """Those of two words and more, by the first of these."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for contraction, words in _core.contractions():
        if len(lemmas := [_core.fold_yo(word) for word in words.split()]) > 1:
            found.setdefault(lemmas[0], []).append((contraction, lemmas))
    return found


def with_contractions(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a phrase, and before the words of each contraction it, as a token that spans them."""
    words = [token for token in tokens if token.span == 1]
    made: list[Token] = []
    for at, token in enumerate(words):
        for lemma in token.lemmas:
            for contraction, wanted in _contractions().get(lemma, ()):
                met = words[at : at + len(wanted)]
                if len(met) == len(wanted) and all(
                    one in word.lemmas and word.position == token.position + number
                    for number, (one, word) in enumerate(zip(wanted, met, strict=True))
                ):
                    span = len(wanted)
                    made.append(
                        Token(contraction, (contraction,), token.position, token.start, met[-1].end, span)
                    )
    return sorted([*made, *tokens], key=lambda token: (token.position, -token.span)) if made else list(tokens)
