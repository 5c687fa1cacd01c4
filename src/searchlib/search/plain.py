"""The short way for queries that are words and nothing else, as most are: no tree, no word analysed twice.

`*:*` goes that way, too: shops and archives count all that they have before anybody searches.

The plan is the one that parser and planner would make, as tests compare, or None where they must do it.
"""

from __future__ import annotations

from .. import _core
from ..forks import cached_property
from ..lean import TYPE_CHECKING
from ..plan import PlanNode
from ..records import Record
from .compounds import MAX_WORDS, is_piece
from .marks import NOTHING, Marks, Plan, any_of, without_stopwords
from .words import WordPlans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .compounds import Pairs
    from .marks import PlannedMark
    from .neighbours import Placed
    from .planner import Planner
    from .ranking import Ranking
    from .scope import FieldScope

MAX_CHARS = 1000
MAX_KEPT_WORDS = 20_000
_EVERYTHING = "*:*"


class _PlannedWord(Record):
    """placed: for rankings that look at neighbours; None for what is in quotes, too.

    is_number: whether it begins with a digit. is_piece: whether it and the next may be one word.
    may_be_name: it stands for a word only where no name follows it: Jan.
    """

    core: PlanNode
    marks: Marks
    is_stopword: bool
    is_number: bool
    placed: Placed | None
    is_piece: bool
    may_be_name: bool


class PlainPlanner:
    """Plans for one scope, its default fields, and ranking. Words once planned are kept: MAX_KEPT_WORDS.

    planner: what plans trees under that ranking, for neighbours. pairs: what the index has of words written
    together and apart, if it is asked for that.
    """

    def __init__(
        self,
        scope: FieldScope,
        ranking: Ranking | None,
        planner: Callable[[], Planner],
        pairs: Callable[[], Pairs | None] | None = None,
    ) -> None:
        self._scope, self._ranking = scope, ranking
        self._planner, self._find_pairs = planner, pairs
        self._kept: dict[str, _PlannedWord] = {}
        self._has_places = False  # they have, under a ranking that looks at neighbours

    def plan(self, query: str) -> Plan | None:
        """The plan of plain words, each in quotes or not; None if the query is more, or nothing at all."""
        if query == _EVERYTHING:
            return self._everything
        if len(query) > MAX_CHARS:
            return None
        words, stopwords = [], []
        num_numbers = 0
        typed = query.split()
        if len(typed) > 1 and query.isupper():
            return None  # it may be shouted
        before = ""
        for word in typed:
            found = self._kept.get(word) or self._plan_word(word)
            if found is None:
                return None
            if found.may_be_name and len(typed) > 1:
                return None  # Jan Hus
            if found.is_piece and before and len(typed) <= MAX_WORDS:
                pairs = self._pairs
                if pairs is not None and pairs.joined(before, word):
                    return None
            before = word if found.is_piece else ""
            if found.core is NOTHING:
                continue
            words.append(found)
            num_numbers += found.is_number
            if found.is_stopword:
                stopwords.append(word)
        if num_numbers and len(words) > 1 and _may_be_joined(query):
            return None
        return self._joined(words, stopwords) if words else None

    def _plan_word(self, word: str) -> _PlannedWord | None:
        text = _text_of(word)
        if text is None:
            return None
        is_quoted = text != word
        pairs = self._pairs
        if pairs is not None and pairs.apart(text):
            core, marks = self._planned_both_ways(text, is_quoted, pairs)
        else:
            core, marks = self._planned(text, is_quoted)
        if len(self._kept) >= MAX_KEPT_WORDS:
            self._kept.clear()
        found = self._kept[word] = _PlannedWord(
            core,
            marks,
            not is_quoted and self._scope.is_stopword(word),
            word[0].isdecimal(),
            self._placed(text, is_quoted),
            pairs is not None and is_piece(word),
            word.isascii() and word.istitle() and bool(_core.readings(word)),
        )
        return found

    def _planned(self, text: str, is_quoted: bool) -> tuple[PlanNode, Marks]:
        """What the planner makes of the word as a query of its own; a stopword alone is searched for."""
        marks: dict[str, dict[PlannedMark, None]] = {}
        words = WordPlans(
            self._scope, self._ranking, lambda name, mark: marks.setdefault(name, {}).update({mark: None})
        )
        fields = self._scope.fields_of(None)
        if is_quoted:
            core = words.quoted(text, fields, 0)
        else:
            core = words.typed(text, fields, self._ranking is not None and self._ranking.related > 0)
        return core or NOTHING, Marks({name: list(found) for name, found in marks.items()})

    def _planned_both_ways(self, text: str, is_quoted: bool, pairs: Pairs) -> tuple[PlanNode, Marks]:
        """The same of a word that the index has as two words, too: object name for objectname."""
        from ..query import nodes  # few words are written both ways
        from .apart import with_compounds

        node = nodes.Phrase(text) if is_quoted else nodes.Word(text)
        plan = self._planner().plan(with_compounds(node, lambda field: pairs))
        return plan.core, plan.marks

    def _placed(self, text: str, is_quoted: bool) -> Placed | None:
        if self._ranking is None or not self._ranking.adjacent:
            return None
        from ..query import nodes
        from .neighbours import placed

        self._has_places = True
        return placed(self._scope, nodes.Phrase(text) if is_quoted else nodes.Word(text))

    @cached_property
    def _everything(self) -> Plan:
        from ..query import nodes

        return self._planner().plan(nodes.Everything())

    @cached_property
    def _pairs(self) -> Pairs | None:
        return self._find_pairs() if self._find_pairs is not None else None

    def _joined(self, words: Sequence[_PlannedWord], stopwords: list[str]) -> Plan:
        kept, dropped = words, []
        if stopwords:
            kept = without_stopwords(
                lambda drops: [word for word in words if not word.is_stopword] if drops else words, len
            )
            dropped = stopwords if len(kept) < len(words) else []
        if len(kept) == 1:
            return Plan(kept[0].core, kept[0].marks, dropped)
        adjacent: Sequence[PlanNode] = ()
        if self._has_places:
            places = [(word.placed, bool(dropped) and word.is_stopword) for word in words]
            adjacent = self._planner().neighbours(places)
        core = any_of([word.core for word in kept], adjacent)
        return Plan(core or NOTHING, Marks(parts=[word.marks for word in kept]), dropped)


def _text_of(word: str) -> str | None:
    """A plain word, or what stands in quotes; None if it is neither, or an operator."""
    if _is_plain(word):
        return None if _is_operator(word) else word
    quoted = word[1:-1]
    return quoted if word[0] == word[-1] == '"' and _is_plain(quoted) else None


def _is_operator(word: str) -> bool:
    if not word.isupper():
        return False
    from ..query.writing import OPERATORS  # few words are in capitals

    return word in OPERATORS


def _may_be_joined(query: str) -> bool:
    """Whether spaces may join digits (1 000, 8 70 12 …), or a number say what a short word is (10 см)."""
    import re  # few queries have a number

    return re.search(r"\d\s+(?:\d\d|[^\W\d]{1,4}\b)", query) is not None


def _is_plain(word: str) -> bool:
    return word.isalnum() or word.replace("_", "0").isalnum()
