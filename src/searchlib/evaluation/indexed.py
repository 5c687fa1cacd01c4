"""An index that is there already, to be measured as it is: its fields, boosts and deletes, or the postings
that another engine made. It is wrapped, never changed."""

from __future__ import annotations

from ..index import Index
from ..records import Record
from ..search.ranking import Ranking


class Indexed(Record):
    """An index, the ranking to search it with, a name to show, and what queries are expanded by.

    ranking and expand: as Index.search has them.
    """

    index: Index
    ranking: Ranking | str = "default"
    name: str = "as given"
    expand: str | None = None

    @property
    def used_ranking(self) -> Ranking | str:
        """The ranking, by the name that it has in a Configuration."""
        return self.ranking

    def __str__(self) -> str:
        return f"index {self.name}, ranking {self.ranking}{f', expand {self.expand}' if self.expand else ''}"
