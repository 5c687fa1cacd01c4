"""Words that are written apart as well as together, in the tree of a query: Variants take their place, side
by side or in one, if the index has the other way to write them.

Which there are, compounds.py knows. Queries of plain words are turned away before there is a tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ..errors import assert_never
from ..query import nodes
from .compounds import MAX_WORDS

if TYPE_CHECKING:
    from .compounds import Pairs

APART, TOGETHER = "written apart", "written together"

_MAX_VARIANTS = 8


def with_compounds(node: nodes.Node, pairs_of: Callable[[str | None], Pairs | None]) -> nodes.Node:
    """The tree with the other ways to write its words.

    Those that are excluded have them, too: `-healthcare` leaves out what `+healthcare` would find.
    """
    if isinstance(node, nodes.Word):
        return _word(node, pairs_of(node.field))
    if isinstance(node, nodes.Phrase):
        return _phrase(node, pairs_of(node.field))
    if isinstance(node, nodes.Joined):
        return node.replace(operands=_operands(node.operands, type(node), pairs_of))
    if isinstance(node, nodes.Clauses):
        return node.replace(
            required=tuple(with_compounds(one, pairs_of) for one in node.required),
            optional=_operands(node.optional, nodes.Or, pairs_of),
            excluded=tuple(with_compounds(one, pairs_of) for one in node.excluded),
        )
    if isinstance(node, nodes.Not):
        return node.replace(operand=with_compounds(node.operand, pairs_of))
    if isinstance(node, (nodes.Variants, nodes.Empty)):
        return node
    if isinstance(node, (nodes.Prefix, nodes.Wildcard, nodes.Fuzzy, nodes.Range, nodes.Everything)):
        return node
    return assert_never(node)


def _word(word: nodes.Word, pairs: Pairs | None) -> nodes.Node:
    found = pairs.apart(word.text) if pairs is not None else ()
    if not found:
        return word
    variants = tuple(
        nodes.Variant(nodes.Phrase(pair, word.field, start=word.start, end=word.end), 1.0, APART)
        for pair in found
    )
    return nodes.Variants(word.replace(boost=1.0), variants, boost=word.boost)


def _operands(
    operands: Sequence[nodes.Node],
    kind: type[nodes.Joined],
    pairs_of: Callable[[str | None], Pairs | None],
) -> tuple[nodes.Node, ...]:
    made: list[nodes.Node] = []
    at = 0
    while at < len(operands):
        first, second = operands[at], operands[at + 1] if at + 1 < len(operands) else None
        word = ""
        if (
            isinstance(first, nodes.Word)
            and isinstance(second, nodes.Word)
            and first.field == second.field
            and first.boost == second.boost == 1.0
            and len(operands) <= MAX_WORDS
            and (pairs := pairs_of(first.field)) is not None
        ):
            word = pairs.joined(first.text, second.text)
        if word and isinstance(second, nodes.Word):
            joined = nodes.Word(word, second.field, start=first.start, end=second.end)
            made.append(nodes.Variants(kind((first, second)), (nodes.Variant(joined, 1.0, TOGETHER),)))
            at += 2
        else:
            made.append(with_compounds(first, pairs_of))
            at += 1
    return tuple(made)


def _phrase(phrase: nodes.Phrase, pairs: Pairs | None) -> nodes.Node:
    words = phrase.text.split()
    if pairs is None or len(words) > MAX_WORDS or not pairs.is_in(words):
        return phrase
    texts: list[tuple[str, str]] = []
    for number, word in enumerate(words):
        before, behind = words[:number], words[number + 1 :]
        texts += [(" ".join([*before, pair, *behind]), APART) for pair in pairs.apart(word)]
        if behind and (joined := pairs.joined(word, behind[0])):
            texts.append((" ".join([*before, joined, *behind[1:]]), TOGETHER))
    variants = tuple(
        nodes.Variant(phrase.replace(text=text, boost=1.0), 1.0, reason)
        for text, reason in texts[:_MAX_VARIANTS]
    )
    return nodes.Variants(phrase.replace(boost=1.0), variants, boost=phrase.boost)
