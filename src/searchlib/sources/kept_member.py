"""What is remembered of an archive's member."""

from __future__ import annotations

from typing import Any

from ..records import Record
from .idsets import pack_ids, unpack_ids


class KeptMember(Record):
    """What an archive's member gave: ids; its stamp, "" if it is to be read again; rows that were refused."""

    stamp: str
    ids: tuple[str, ...]
    num_refused: int = 0

    @classmethod
    def of_kept(cls, kept: list[Any], stem: str) -> KeptMember:
        """What as_kept made."""
        stamp, packed, num_refused = kept if len(kept) == 3 else (kept[0], None, 0)
        return cls(stamp, (stem,) if packed is None else tuple(unpack_ids(packed, stem)), num_refused)

    def as_kept(self, stem: str) -> list[Any]:
        """Plain data, for JSON; stem: the id of a member that is one document."""
        packed = None if list(self.ids) == [stem] else pack_ids(self.ids, stem)
        if packed is None and not self.num_refused:
            return [self.stamp]
        return [self.stamp, packed, self.num_refused]
