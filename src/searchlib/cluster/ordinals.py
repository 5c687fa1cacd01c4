"""The order of a collection's documents, and which shard has which of them.

A shard's schema is the user's and one hidden column beside it, the ordinal. In a shard documents are added in
the order of their ordinals: so ties break there as they do in one index of all the documents.
"""

from __future__ import annotations

import hashlib

from ..errors import SchemaError
from ..schema import MAX_FIELDS, Integer, Schema

ORDINAL = "_ordinal"
"""The hidden column: a whole number of 64 bits, not stored, not shown. Of equal scores the least is first."""

MAX_ORDINAL = 2**63 - 1


def shard_schema(schema: Schema) -> Schema:
    """The user's fields, and the ordinal behind them.

    SchemaError: a field is called as the ordinal is, or there is no room for one more.
    """
    check_user_schema(schema)
    return Schema(**schema, **{ORDINAL: Integer(stored=False)})


def user_schema(schema: Schema) -> Schema:
    """The inverse of shard_schema. SchemaError for what is no schema of a shard."""
    if schema.get(ORDINAL) != Integer(stored=False):
        raise SchemaError(
            f"this index is no shard of a collection: a shard has a column {ORDINAL!r}, this has the fields "
            f"{', '.join(schema)}"
        )
    return Schema(**{name: field for name, field in schema.items() if name != ORDINAL})


def check_user_schema(schema: Schema) -> None:
    """SchemaError unless the fields can be those of a collection."""
    if ORDINAL in schema:
        raise SchemaError(
            f"a field of a collection may not be called {ORDINAL!r}: shards keep the order of documents in "
            f"a column of that name; give it another name"
        )
    if len(schema) >= MAX_FIELDS:
        raise SchemaError(
            f"a collection has at most {MAX_FIELDS - 1} fields, for its shards keep the order of documents "
            f"in one more; got {len(schema)}"
        )


def shard_of(document_id: str, num_shards: int) -> int:
    """The shard that has the document of this id: always the same, and about as many in each.

    A hash modulo the number of shards: so shard `s` of `n` becomes `s` and `s + n` of `2 * n`.
    """
    digest = hashlib.blake2b(document_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") % num_shards
