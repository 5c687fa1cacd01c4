"""One shard as of one commit: what it answers to a router's questions.

Each method that is a question is one of `QUESTIONS` and takes and gives plain data. Documents are named by
their ordinals. Scores are those of the whole collection: its totals come with each message, and how many
documents hold a lemma with each plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import QueryError
from .around import Around
from .held import Held
from .texts import Texts
from .words import Words

if TYPE_CHECKING:
    pass


class Shard(Held):
    """Answers about one snapshot of a shard."""

    def asked(self, totals: Sequence[tuple[int, int]] | None, seconds: float | None) -> Asked:
        """Who answers the questions of one message."""
        return Asked(self, self.core(totals), seconds)


class Asked(Around, Words, Texts):
    """The questions of one message."""

    def answer(self, question: Sequence[Any]) -> Any:
        """The result of one; QueryError for what is none."""
        name, *arguments = question
        if name not in QUESTIONS:
            raise QueryError(f"a shard is asked {', '.join(sorted(QUESTIONS))}; got {name!r:.40}")
        return getattr(self, name)(*arguments)


QUESTIONS = frozenset(name for name in dir(Asked) if not name.startswith("_") and name not in vars(Asked))
"""What a shard may be asked."""
