"""What a query asks for, as the oracle reads it: which words are left, what belongs together, what fits.

Of a parsed tree it makes a smaller tree, groups of lemmas, and tests of one form or value. No statistics, no
scores.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import Any, NamedTuple

from searchlib import Analyzer, _core
from searchlib.analysis.stopwords import is_stopword
from searchlib.query import nodes
from searchlib.schema import Schema, Text

JOINERS = frozenset("@./:_-+#&'’\\=~%")
"""What holds the words of one thing together: user@example.com is a phrase, «кот,пёс» is two words."""

LEAVES = (nodes.Word, nodes.Phrase, nodes.Prefix, nodes.Wildcard, nodes.Fuzzy, nodes.Range, nodes.Everything)


# ---- stopwords


def asked_tree(
    tree: nodes.Node, schema: Schema, names: Sequence[str], asks: Callable[[nodes.Node], bool]
) -> nodes.Node | None:
    """The tree without its stopwords, unless nothing that is wanted would be left; None if nothing is asked.

    Only a word of running text in English or Russian is a stopword: lang:no is a value.

    names: the fields of words that name none. asks: whether a leaf has anything in it to search for.
    """

    def weighs(leaf: nodes.Node) -> bool:
        return asks(leaf) and not (isinstance(leaf, nodes.Word) and _is_little(leaf, schema, names))

    dropped = _kept(tree, weighs)
    return dropped if dropped is not None and _wants(dropped) else _kept(tree, asks)


def _is_little(word: nodes.Word, schema: Schema, names: Sequence[str]) -> bool:
    searched = [word.field] if word.field else names
    fields = [schema[name] for name in searched if name in schema]
    languages = {code for field in fields if isinstance(field, Text) for code in field.languages}
    return is_stopword(word.text, frozenset(languages))


def _kept(node: nodes.Node, keeps: Callable[[nodes.Node], bool]) -> nodes.Node | None:
    """The tree of the leaves to keep; a word that stands directly after + or − is kept whatever it is."""

    def all_kept(operands: Sequence[nodes.Node], insisted: bool = False) -> tuple[nodes.Node, ...]:
        kept = (
            operand if insisted and isinstance(operand, nodes.Word) else _kept(operand, keeps)
            for operand in operands
        )
        return tuple(operand for operand in kept if operand is not None)

    if isinstance(node, nodes.Clauses):
        required, optional = all_kept(node.required, True), all_kept(node.optional)
        if (node.required or node.optional) and not (required or optional):
            return (
                None  # what was wanted were stopwords: what is excluded does not make it a wish for the rest
            )
        excluded = all_kept(node.excluded, True)
        if not (required or optional or excluded):
            return None  # what was excluded were groups of stopwords: nothing is left to say
        return node.replace(required=required, optional=optional, excluded=excluded)
    if isinstance(node, nodes.And | nodes.Or):
        operands = all_kept(node.operands)
        wanted = [operand for operand in node.operands if not isinstance(operand, nodes.Not)]
        lost = wanted and all(isinstance(operand, nodes.Not) for operand in operands)
        return (
            node.replace(operands=operands)
            if operands and not (isinstance(node, nodes.And) and lost)
            else None
        )
    if isinstance(node, nodes.Variants):
        own = _kept(node.node, keeps)
        return None if own is None else node.replace(node=own)
    if isinstance(node, nodes.Not):
        operand = all_kept((node.operand,), True)
        return node.replace(operand=operand[0]) if operand else None
    return node if isinstance(node, LEAVES) and keeps(node) else None


def _wants(node: nodes.Node) -> bool:
    """Whether anything is asked for, rather than only excluded."""
    if isinstance(node, nodes.Clauses):
        return any(map(_wants, node.required + node.optional))
    return not isinstance(node, nodes.Not) and (not node.children or any(map(_wants, node.children)))


# ---- words and phrases


class Piece(NamedTuple):
    """A token, or a keyword's whole value.

    key: its surface form as patterns are compared with. form: as exact forms are, "" for a keyword.
    """

    lemmas: tuple[str, ...]
    key: str
    form: str
    position: int
    start: int
    end: int
    span: int


def pieces(analyzer: Analyzer | None, text: str, asked: bool = False) -> list[Piece]:
    """The tokens of a text; without an analyzer the text itself is the only one. asked: it is a query's."""
    if analyzer is None:
        return [Piece((text,), text, "", 0, 0, len(text), 1)] if text else []
    found = []
    read = {} if asked else dict(_core.readings(text))
    for t in analyzer.asked(text) if asked else analyzer.tokens(text):
        texts, lemmas = [t.text], [t.lemmas]
        if t.start in read and t.span == 1 and analyzer.reads(t.text):  # what it stands for is a token, too
            texts = [*read[t.start].split(), t.text]
            lemmas = [analyzer.lemmas_alone(one) for one in texts]
        for one, of_one in zip(texts, lemmas, strict=True):
            form = analyzer.core.analyze(one)[0]
            key, form = _core.match_key(form), form.replace("ё", "е")
            found.append(Piece(of_one, key, form, t.position, t.start, t.end, t.span))
    return found


class Slot(NamedTuple):
    """A word of a phrase: how many positions are free before it, its lemmas, its form."""

    gap: int
    lemmas: tuple[str, ...]
    form: str


@dataclass(frozen=True)
class Group:
    """One thing asked for: the ways to read it, each by field; a way is one word, or several in a row.

    The last way is that of the parts. is_word: it is one word, whole or in parts, and no phrase.
    """

    ways: list[dict[str, list[Slot]]] = field(default_factory=list)
    slop: int = 0
    is_word: bool = False


def groups_of(node: nodes.Word | nodes.Phrase, analyzers: Mapping[str, Analyzer | None]) -> list[list[Group]]:
    """What a word as typed, or a phrase, asks of these fields, by the ways in which they cut it: mostly one.

    Of each way the groups are added up: mostly one; several for «кот,пёс».
    """
    by_field = {name: pieces(analyzer, node.text, True) for name, analyzer in analyzers.items()}
    if isinstance(node, nodes.Phrase):
        return [[Group(_ways(of_fields), node.slop)] for of_fields in _alike(by_field, _shape)]
    words = {name: _words(found) for name, found in by_field.items()}
    cuts = []
    for of_fields in _alike(words, lambda found: [_shape(word) for word in found]):
        groups = []
        for run in _joined(node.text, next(iter(of_fields.values()))):
            found = {name: [p for number in run for p in words[number]] for name, words in of_fields.items()}
            groups.append(Group(_ways(found), is_word=len(run) == 1))
        cuts.append(groups)
    return cuts


def _shape(found: Sequence[Piece]) -> list[tuple[int, int]]:
    return [(piece.position, piece.span) for piece in found]


def _alike(
    by_field: Mapping[str, list[Any]], shape: Callable[[list[Any]], Any]
) -> list[dict[str, list[Any]]]:
    """The fields, without the empty ones, by the shape of what they see."""
    shapes = {name: shape(found) for name, found in by_field.items() if found}
    distinct = [
        each for number, each in enumerate(shapes.values()) if each not in [*shapes.values()][:number]
    ]
    return [{name: by_field[name] for name in shapes if shapes[name] == each} for each in distinct]


def _words(found: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of each word: one, or a whole and then what it consists of."""
    words: list[list[Piece]] = []
    for piece in found:
        if words and piece.position < words[-1][0].position + words[-1][0].span:
            words[-1].append(piece)
        else:
            words.append([piece])
    return words


def _ways(by_field: dict[str, list[Piece]]) -> list[dict[str, list[Slot]]]:
    """The ways through the pieces of a text, which are the same in all fields: wholes or parts.

    Of more than 16, two: wholes alone, and parts alone.
    """
    found = next(pieces for pieces in by_field.values() if pieces)
    first, end = found[0].position, max(piece.position + piece.span for piece in found)

    def starting(at: int) -> list[int]:
        return [number for number, piece in enumerate(found) if piece.position == at]

    def going_on(at: int) -> Iterator[list[int]]:
        if at == end:
            yield []
        else:
            yield from ([n, *rest] for n in starting(at) for rest in going_on(at + found[n].span))

    def one(choose: Callable[..., int]) -> list[int]:
        way, at = [], first
        while at < end:
            way.append(choose(starting(at), key=lambda number: found[number].span))
            at += found[way[-1]].span
        return way

    ways = list(itertools.islice(going_on(first), 17))
    if len(ways) > 16:
        ways = [one(max), one(min)]
    return [
        {
            name: [Slot(0, p.lemmas, p.form) for p in map(pieces.__getitem__, way)]
            for name, pieces in by_field.items()
        }
        for way in ways
    ]


# ---- neighbours


class Pair(NamedTuple):
    """Two words that follow each other: their lemmas by field, what is between them, the lesser boost."""

    lemmas: tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]
    gap: int
    boost: float


def neighbouring(
    operands: Sequence[nodes.Node],
    kept: Sequence[nodes.Node],
    analyzers: Callable[[nodes.Word], Mapping[str, Analyzer]],
) -> list[Pair]:
    """The neighbours among operands, of which stopwords are not kept: they fill a place and begin nothing.

    analyzers: of the fields that a word searches as running text.
    """
    pairs = []
    place, before = 0, None
    for operand in operands:
        by_field = analyzers(operand) if isinstance(operand, nodes.Word) else {}
        found = {name: _words(pieces(analyzer, operand.text, True)) for name, analyzer in by_field.items()}
        if len({len(words) for words in found.values()}) != 1:
            place, before = 0, None
            continue
        words = [
            {name: words[number][0] for name, words in found.items()}
            for number in range(len(next(iter(found.values()))))
        ]
        for word in words:
            first = next(iter(word.values()))
            start = place + first.position
            here = (
                start + first.span,
                {name: piece.lemmas for name, piece in word.items()},
                operand.boost,
            )
            if any(operand is other for other in kept):
                if before is not None and start - before[0] < 4 and before[1].keys() & here[1].keys():
                    pairs.append(Pair((before[1], here[1]), start - before[0], min(before[2], here[2])))
                before = here
        if words:
            last = next(iter(words[-1].values()))
            place += last.position + last.span
    return pairs


def _joined(text: str, words: Sequence[Sequence[Piece]]) -> list[list[int]]:
    """The numbers of words that are one thing: user@example.com; and a number with its unit, 5км."""
    runs = [[0]]
    for number, (a, b) in enumerate(pairwise(words), 1):
        gap = text[a[0].end : b[0].start]
        is_unit = not gap and text[a[0].end - 1].isdigit() and text[b[0].start].isalpha()
        if is_unit or (gap and set(gap) <= JOINERS):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


# ---- patterns over surface forms


def form_test(
    node: nodes.Prefix | nodes.Wildcard | nodes.Fuzzy, folded: Callable[[str], str] = _core.match_key
) -> Callable[[str], bool]:
    """Whether a surface form (a match key, or a value as it is) is one that the pattern means."""
    if isinstance(node, nodes.Prefix):
        prefix = folded(node.text)
        return lambda form: form.startswith(prefix)
    if isinstance(node, nodes.Fuzzy):
        word = folded(node.text)
        return lambda form: edits(word, form) <= node.distance
    pieces_ = re.findall(r"\\.|.", node.pattern, re.DOTALL)
    wild = {"*": ".*", "?": "."}
    pattern = "".join(wild.get(piece) or re.escape(folded(piece[-1])) for piece in pieces_)
    return lambda form: re.fullmatch(pattern, form, re.DOTALL) is not None


def edits(a: str, b: str) -> int:
    """The fewest insertions, deletions, substitutions and swaps of neighbours that make b of a."""
    table = {(i, -1): i + 1 for i in range(-1, len(a))} | {(-1, j): j + 1 for j in range(-1, len(b))}
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (x != y))
            if i and j and x == b[j - 1] and a[i - 1] == y:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(a) - 1, len(b) - 1]


# ---- ranges over values


def range_test(node: nodes.Word | nodes.Phrase | nodes.Range, kind: str) -> Callable[[object], bool]:
    """Whether a Number's, Integer's, Date's or Boolean's value is in the range, or is what the word says."""
    if isinstance(node, nodes.Word | nodes.Phrase):
        least, most = _stretch(node.text, kind)
        return lambda value: least <= _comparable(value) <= most
    low = None if node.low is None else _stretch(node.low, kind)
    high = None if node.high is None else _stretch(node.high, kind)

    def admits(value: object) -> bool:
        point = _comparable(value)
        above = low is None or (point >= low[0] if node.includes_low else point > low[1])
        below = high is None or (point <= high[1] if node.includes_high else point < high[0])
        return bool(above and below)

    return admits


def _stretch(text: str, kind: str):  # type: ignore[no-untyped-def]
    """The least and the greatest value that a word stands for: 1991 is a year's stretch of time."""
    if kind == "boolean":
        return (text.casefold() in ("true", "yes", "1", "да"),) * 2
    if kind == "number":
        return (float(text),) * 2
    if kind == "integer":
        return (int(text),) * 2
    if kind in ("keyword", "text"):
        return (text.encode(),) * 2
    for form, step in _STRETCHES:
        try:
            first = datetime.strptime(text, form)
        except ValueError:
            continue
        if step is None:  # a month or a year
            far = first + timedelta(366 if form == "%Y" else 31)
            following = far.replace(day=1, month=1) if form == "%Y" else far.replace(day=1)
        else:
            following = first + step
        return _comparable(first), _comparable(following) - timedelta(microseconds=1)
    return (_comparable(datetime.fromisoformat(text)),) * 2


_STRETCHES = (
    ("%Y", None),
    ("%Y-%m", None),
    ("%Y-%m-%d", timedelta(days=1)),
    ("%Y%m%d", timedelta(days=1)),
    ("%G-W%V-%u", timedelta(days=1)),
    ("%Y-%m-%dT%H", timedelta(hours=1)),
    ("%Y-%m-%dT%H:%M", timedelta(minutes=1)),
    ("%Y-%m-%dT%H:%M:%S", timedelta(seconds=1)),
    ("%Y-%m-%dT%H:%M:%S%z", timedelta(seconds=1)),
)
"""How dates are written, and how long what is written so lasts; None: until the next of its kind."""


def _comparable(value):  # type: ignore[no-untyped-def]
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=timezone.utc)
    return datetime.combine(value, time(), timezone.utc) if isinstance(value, date) else value
