"""What a query asks for beside words: all documents, values in a range, surface forms of a pattern.

It is loaded when a query has any of it. Each node is planned, and a function is told what it marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from .. import _core
from ..errors import QueryError, QueryTooComplex, assert_never
from ..plan import All, FormPattern, Forms, Has, Max, PlanNode
from ..query import nodes
from ..query.limits import Limits
from ..schema import ID
from .marks import PlannedMark
from .scope import FieldScope

MAX_PATTERNS = Limits().patterns
"""Each may meet any form of the index, so that their number bounds the time of a query."""

_FEWEST_RESPELLED = 5
"""Letters of a beginning that may be a British one: «ris» is anything's."""

_SURROGATE = re.compile("[\ud800-\udfff]")

Pattern: TypeAlias = nodes.Prefix | nodes.Wildcard | nodes.Fuzzy


class Filters:
    """Those of one query. plan_range: the plan of a range over a column."""

    def __init__(
        self,
        scope: FieldScope,
        plan_range: Callable[[nodes.Range | nodes.Word], PlanNode],
        mark: Callable[[str, PlannedMark], None],
    ) -> None:
        self._scope, self._plan_range, self._mark = scope, plan_range, mark
        self._num_patterns = 0

    def plan(self, node: nodes.Everything | nodes.Range | Pattern) -> PlanNode:
        """QueryError if the field cannot have it."""
        if isinstance(node, nodes.Everything):
            return self._everything(node)
        if isinstance(node, nodes.Range):
            return self._values(node)
        if isinstance(node, nodes.Prefix):
            return self._pattern(node, FormPattern("prefix", node.text, 0))
        if isinstance(node, nodes.Wildcard):
            return self._pattern(node, FormPattern("wildcard", node.pattern, 0))
        if isinstance(node, nodes.Fuzzy):
            return self._pattern(node, FormPattern("fuzzy", node.text, node.distance))
        return assert_never(node)

    def _everything(self, node: nodes.Everything) -> PlanNode:
        """All documents, or those that have a value in a field."""
        if node.field is None or node.field == ID:
            return All()
        name = self._scope.fields_of(node.field)[0]
        if self._scope.is_searched(name):
            return Has(self._scope.number(name))
        return self._plan_range(nodes.Range(name))

    def _values(self, node: nodes.Range) -> PlanNode:
        """Documents with a value in a range."""
        if node.field == ID:
            raise QueryError("ids have no order, so that there are no ranges of them; write id:one")
        self._scope.fields_of(node.field)
        return self._plan_range(node)

    def _pattern(self, node: Pattern, wanted: FormPattern) -> PlanNode:
        """Documents with a form that matches."""
        fields = self._scope.fields_of(node.field)
        if not all(self._scope.is_searched(name) for name in fields):
            raise QueryError(f"field {node.field!r} has no words; patterns are for Text and Keyword fields")
        self._num_patterns += 1
        if self._num_patterns > MAX_PATTERNS:
            raise QueryTooComplex(
                f"a query has at most {MAX_PATTERNS} prefixes, wildcards and fuzzy words: each may meet "
                f"any word of the index"
            )
        if _SURROGATE.search(wanted.text):  # no text that is kept has one, but the core takes UTF-8
            wanted = wanted.replace(text=_SURROGATE.sub("\ufffd", wanted.text))
        by_pattern: dict[FormPattern, list[str]] = {}
        is_keyword = self._scope.is_keyword
        for name in fields:
            for pattern in [self._of_keyword(wanted, name)] if is_keyword(name) else _of_words(wanted):
                by_pattern.setdefault(pattern, []).append(name)
        planned = [self._forms(pattern, names) for pattern, names in by_pattern.items()]
        return planned[0] if len(planned) == 1 else Max(planned)

    def _forms(self, wanted: FormPattern, fields: list[str]) -> PlanNode:
        for name in fields:
            self._mark(name, wanted)
        numbers = [self._scope.number(name) for name in fields]
        exact = [number for number, name in zip(numbers, fields, strict=True) if self._scope.is_keyword(name)]
        return Forms(wanted, numbers, exact_fields=exact)

    def _of_keyword(self, wanted: FormPattern, name: str) -> FormPattern:
        """Of values as the dictionary has them, so that the core folds nothing."""
        return wanted.replace(text=self._scope.keyword(name, wanted.text))


def _of_words(wanted: FormPattern) -> list[FormPattern]:
    """The patterns that a pattern is in running text.

    No word begins with a mark (@al*, /usr/loc*, https://…), but .NET. And a British beginning is the American
    one, too: organis* finds "organization", which has no other spelling of its own.
    """
    marks = r"\A(?:[a-z]+://)?(?:[^\w.*?\\]|_|\.(?!ne?t?\Z|net))*(?=.*\w)"
    text = re.sub(marks, "", wanted.text, flags=re.IGNORECASE | re.DOTALL)
    plain = wanted if text == wanted.text else wanted.replace(text=text)
    if wanted.kind != "prefix" or len(text) < _FEWEST_RESPELLED or not (text.isascii() and text.isalpha()):
        return [plain]
    small = text.lower()
    found = _core.english_respellings(small)
    # The e of organise is yet to be typed.
    found += [other[:-1] for other in _core.english_respellings(small + "e") if other.endswith("e")]
    others = (other for other in dict.fromkeys(found) if not other.startswith(small))
    return [plain, *(plain.replace(text=other) for other in others)]
