"""A user's document against the schema: what is searched, what is stored, what goes into columns.

A document is encoded, or refused with a DocumentError that leaves everything as it was. Nothing is written
here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from .. import _core
from ..errors import DocumentError, brief
from ..kinds import kind_of
from ..kinds.base import Scalar
from ..schema import ID, Keyword, Schema, id_of
from ..storage.blocks import MAX_DOCUMENT_BYTES
from ..storage.columns import ColumnsWriter
from ..storage.documents import DocumentsWriter, too_big
from .adapting import as_mapping, plain_scalar

MAX_ID_BYTES = 4096
MAX_KEYWORD_BYTES = 32766
MAX_VALUES = 1 << 22
"""Of one field of one document. Between two values there are 100 places, and a field has 2³⁰ of them."""

_MAX_NAMED = 10
"""Unknown fields that a message names."""

TextValues: TypeAlias = "str | bytes | tuple[str, ...] | None"
"""bytes: a text's UTF-8."""


class EncodedDocument(NamedTuple):
    """A document that fits. id: None if it has none yet. texts: of each searched field, in order.

    size: about how many bytes it has, those of fields that are not stored too.
    """

    id: str | None
    texts: Sequence[TextValues]
    stored: bytes
    columns: list[list[Scalar]]
    size: int


class DocumentEncoder:
    """Checks and encodes documents for one segment's writers."""

    def __init__(self, schema: Schema) -> None:
        self._fields = dict(schema)
        self._kinds = {name: kind_of(field.kind) for name, field in schema.items()}
        self._known = frozenset(schema) | {ID}
        self._stored = tuple(name for name, field in schema.items() if field.stored)
        self._searched = schema.searched_fields
        self._not_stored = [at for at, name in enumerate(self._searched) if not schema[name].stored]
        self._plain = _plain_documents(schema)

    def encode(self, document: object, stored: DocumentsWriter, columns: ColumnsWriter) -> EncodedDocument:
        """The document in all its encodings; DocumentError says which field is wrong, and how."""
        plain = self._plain.encode(document)
        if plain is not None:
            return EncodedDocument(*plain)
        given = as_mapping(document)
        if not self._known.issuperset(given):
            unknown = sorted(map(brief, given.keys() - self._known))
            more = f" and {len(unknown) - _MAX_NAMED:,} more" if len(unknown) > _MAX_NAMED else ""
            raise DocumentError(
                f"the schema has no field {', '.join(unknown[:_MAX_NAMED])}{more}; "
                f"it has: {', '.join(sorted(self._known))}"
            )
        _check_size(given)
        document_id = checked_id(given.get(ID))
        accepted = self.accepted(given)
        texts = [self._text(name, accepted.get(name)) for name in self._searched]
        values_of_columns = columns.encode(accepted)
        values = {name: accepted[name] for name in self._stored if accepted.get(name) is not None}
        line = stored.encode(values)
        size = len(line) + sum(_num_bytes(texts[at]) for at in self._not_stored)
        if size > MAX_DOCUMENT_BYTES:
            raise too_big(size)
        return EncodedDocument(document_id, texts, line, values_of_columns, size)

    def accepted(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The values as the fields' types take them."""
        return {name: self._accepted(name, value) for name, value in given.items()}

    def _accepted(self, name: str, value: Any) -> Any:
        """A value, or several, as the field's type takes them."""
        kind = self._kinds.get(name)
        if kind is None or value is None or type(value) in kind.plain:
            return value
        if isinstance(value, (set, frozenset)):
            value = sorted(value, key=str)  # the same bytes for the same set
        if isinstance(value, (list, tuple)):
            return [one if type(one) in kind.plain else kind.accept(plain_scalar(one), name) for one in value]
        return kind.accept(plain_scalar(value), name)

    def _text(self, name: str, value: Any) -> TextValues:
        if value is None:
            return None
        if type(value) is str or isinstance(value, str):
            _check_string(name, value, self._fields[name])
            return value
        if isinstance(value, (list, tuple)):
            for item in value:
                if not isinstance(item, str):
                    raise _wrong_type(name, item)
                _check_string(name, item, self._fields[name])
            return tuple(value)  # a copy: the list is its owner's, who may fill it anew before it is scanned
        raise _wrong_type(name, value)


def _plain_documents(schema: Schema) -> _core.PlainDocuments:
    plain = _core.PlainDocuments(ID, MAX_ID_BYTES, MAX_KEYWORD_BYTES, MAX_DOCUMENT_BYTES)
    for name, field in schema.items():
        plain.add_field(name, field.kind, field.stored, field.has_column, name in schema.folded_columns)
    return plain


def _check_size(document: Mapping[str, Any]) -> None:
    """Refuses what is too big by the number of its characters alone, before anything is made of it."""
    total = 0
    for name, value in document.items():
        if isinstance(value, str):
            total += len(value)
        elif isinstance(value, (list, tuple)):
            if len(value) > MAX_VALUES:
                raise DocumentError(
                    f"field {name!r} has at most {MAX_VALUES:,} values in one document, this one has "
                    f"{len(value):,}; split the document, or join values"
                )
            total += sum(len(item) for item in value if isinstance(item, str))
    if total > MAX_DOCUMENT_BYTES:
        raise too_big(total, is_lower_bound=True)


def _num_bytes(values: TextValues) -> int:
    if isinstance(values, bytes):
        return len(values)
    if values is None or isinstance(values, str):
        return _core.utf8_length(values or "")
    return sum(map(_core.utf8_length, values))


def checked_id(value: Any) -> str | None:
    """An id as the index has it; None for none. DocumentError."""
    if value is None:
        return None
    given, value = value, id_of(value)
    if not isinstance(value, str):
        raise DocumentError(
            f"an id is a string, an int or a UUID, got {type(given).__name__}: {brief(given)}; "
            f"write str(…) around it"
        )
    if len(value) > MAX_ID_BYTES or not 0 < _check_encodable(ID, value) <= MAX_ID_BYTES:
        raise DocumentError(
            f"an id has 1 to {MAX_ID_BYTES} bytes as UTF-8, got {len(value):,} characters: {brief(value)}"
        )
    return value


def check_rest_is_stored(schema: Schema, fields: Mapping[str, Any]) -> None:
    """DocumentError if a document of which these fields are given is not stored in all of the others."""
    lost = [name for name, field in schema.items() if not field.stored and name not in fields]
    if lost:
        raise DocumentError(
            "update() reads the rest of the document from what is stored, "
            f"and {', '.join(map(repr, lost))} is not; add() the whole document instead"
        )


def required_id(value: Any) -> str:
    """The id that a call names, as the index has it; DocumentError for what none can be."""
    document_id = checked_id(value)
    if document_id is None:
        raise DocumentError("an id is a string, an int or a UUID, got None")
    return document_id


def _check_string(name: str, value: str, field: Any) -> None:
    size = len(value) if value.isascii() else _check_encodable(name, value)
    if size > MAX_KEYWORD_BYTES and isinstance(field, Keyword):
        raise DocumentError(
            f"field {name!r}: a keyword has at most {MAX_KEYWORD_BYTES} bytes, this one {size}; "
            f"is it meant to be Text()?"
        )


def _check_encodable(name: str, value: str) -> int:
    try:
        return _core.utf8_length(value)
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"field {name!r} holds a lone surrogate at {error.start}, which is no character; "
            f"decode the text with errors='replace'"
        ) from None


def _wrong_type(name: str, value: Any) -> DocumentError:
    return DocumentError(
        f"field {name!r} takes a string or a list of strings, got {type(value).__name__}: {brief(value)}"
    )
