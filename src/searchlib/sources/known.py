"""What the reading of sources has learnt on its way, so that others go on where it is.

Files are read one after the other: a field that appears in one is there in the next, and so is the name that
it got. Parts that are read at the same time are told by this whether each of them was read as it would have
been.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..records import Record
from ..schema import ID, MAX_FIELDS, Field, Schema, Text
from .file_fields import FILE_FIELDS
from .mapping import OTHERS, TEXT_BESIDE
from .naming import MAX_KNOWN


class Known(Record):
    """schema: as it is by now. names: the source's names, and what each became. looked_at: the paths of files
    whose fields the schema has already.
    """

    schema: Schema
    names: Mapping[str, str]
    looked_at: frozenset[str] = frozenset()

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {
            "schema": self.schema.to_dict(),
            "names": dict(self.names),
            "looked_at": sorted(self.looked_at),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Known:
        """The inverse of to_dict."""
        return cls(Schema.from_dict(data["schema"]), dict(data["names"]), frozenset(data["looked_at"]))


class Learnt(Record):
    """What one part of the sources taught, which began with some Known.

    grown: fields that it brought. names: all that it knows at its end. left_out: names of fields that
    documents lost. has_refused: whether a row was refused.
    """

    grown: Mapping[str, Field]
    names: Mapping[str, str]
    left_out: Collection[str] = ()
    has_refused: bool = False

    def suits(self, began: Known, now: Known) -> bool:
        """Whether a part that began there would have gone the same way from where the sources are by now."""
        return began == now or (self._suits_names(now) and self._suits_fields(began, now))

    def _suits_names(self, now: Known) -> bool:
        if len(now.names) + len(self.names) > MAX_KNOWN:
            return now.names == self.names  # some were forgotten on the way
        taken = {found: name for name, found in now.names.items() if found != ID}
        return all(
            now.names[name] == found if name in now.names else found == ID or found not in taken
            for name, found in self.names.items()
        )

    def _suits_fields(self, began: Known, now: Known) -> bool:
        new = now.schema.keys() - began.schema.keys()
        if not new:
            return True
        concerned = {*self.grown, *self.left_out}
        concerned |= {name.removesuffix(TEXT_BESIDE) for name in self.grown}
        return not (
            self.has_refused
            or new & concerned
            or OTHERS in self.left_out
            or any(name.removeprefix("file_") in FILE_FIELDS for name in new)
            or len(now.schema) + len(self.grown) > MAX_FIELDS
            or _k1(began.schema) != _k1(now.schema)
        )

    def after(self, now: Known) -> Known:
        """Where the sources are behind this part, which suits what they know."""
        schema = Schema(**{**now.schema, **self.grown}) if self.grown else now.schema
        return Known(schema, {**now.names, **self.names}, now.looked_at)


def _k1(schema: Schema) -> float | None:
    return next((field.k1 for field in schema.values() if isinstance(field, Text)), None)
