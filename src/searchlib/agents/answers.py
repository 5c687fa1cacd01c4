"""An answer within its budget: what it has in any case, and lists that are filled while there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .budget import TOKEN, as_json, num_tokens, price_of_json
from .refusals import Refusal
from .texts import plain

MIN_BUDGET, MAX_BUDGET = 200, 20_000
_SHARE_OF_HELP = 0.3
"""Notes, suggestions and reasons together get no more of a budget than that."""
_MAX_SENTENCE = 400


class Answer:
    """An answer in the making. budget: tokens, by the estimate of budget.py."""

    def __init__(self, budget: int, **fixed: Any) -> None:
        self.budget, self.value = budget, fixed
        self._for_help = int(budget * TOKEN * _SHARE_OF_HELP)

    @property
    def room(self) -> int:
        """Hundredths of a token that are left."""
        return self.budget * TOKEN - price_of_json(self.value)

    @property
    def is_kept(self) -> bool:
        """Whether the budget is kept so far."""
        return num_tokens(as_json(self.value)) <= self.budget

    def add(self, name: str, value: Any) -> None:
        """Add what helps on, if it is anything and there is room."""
        cost = price_of_json({name: value})
        if value and cost <= self._for_help:
            self._for_help -= cost
            self.value[name] = value

    def help_on(self, name: str, items: Iterable[Any], most: int) -> int:
        """Add a list of sentences or objects that help on, the first of them, as far as there is room; how
        many it has then."""
        kept: list[Any] = self.value.get(name, [])
        for item in list(items)[:most]:
            told = plain(item, _MAX_SENTENCE)
            cost = price_of_json(told) + (0 if kept else price_of_json({name: 0}))
            if cost > self._for_help:
                break
            self._for_help -= cost
            kept.append(told)
        if kept:
            self.value[name] = kept
        return len(kept)

    def add_missing(self, missing: Sequence[Any]) -> None:
        """Add what is said of ids that no document has, of all of them at least how many they are."""
        if left_out := len(missing) - self.help_on("missing", missing, len(missing)):
            self.value["missing_left_out"] = left_out

    def fill(self, name: str, items: Iterable[Any], reserved: int = 0) -> int:
        """Fill a list that the answer has with items while there is room; how many came in.

        reserved: hundredths of a token that are left free.
        """
        room, kept = self.room - reserved, self.value[name]
        before = len(kept)
        for item in items:
            room -= price_of_json(item)
            if room < 0:
                break
            kept.append(item)
        return len(kept) - before

    def drop(self, names: Sequence[str]) -> bool:
        """Take out the first of these that there is; False if there is none."""
        first = next((name for name in names if name in self.value), None)
        return first is not None and self.value.pop(first) is not None

    def checked(self) -> dict[str, Any]:
        """The answer; Refusal, which says how large a budget would do, if it is too long."""
        needed = num_tokens(as_json(self.value))
        if needed > self.budget:
            raise Refusal(
                "budget_too_small",
                f"the shortest answer takes about {needed:,} tokens: call again with budget={needed}",
                needed=needed,
            )
        return self.value
