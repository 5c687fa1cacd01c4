"""Fields that come, change and go in one request: all is checked before anything is done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ...errors import FieldChangeError, SchemaError, SearchlibError
from ...indexing.fields import with_changed, with_field, without_field
from ...schema import Field, Schema
from ..problems import ProblemError, problem_of
from ..types import requests

if TYPE_CHECKING:
    from ...index import Index
    from ...indexing.schema_change import SchemaChange
    from ..calls import Call

LOCK_SECONDS = 30.0


async def change_fields(call: Call) -> dict[str, Any]:
    """Add, change and remove fields: all of it, or nothing."""
    asked: requests.Fields = call.body
    add, change = fields_of(asked.add), fields_of(asked.change)

    def changed(index: Index) -> dict[str, Any]:
        done = _changed(index, add, change, asked)
        return {"fields": index.schema.to_dict(), "generation": index.generation, **told(done)}

    return dict(await call.state.queue(call.index_name).alone(changed))


def fields_of(given: dict[str, dict[str, Any]]) -> dict[str, Field]:
    """Fields as `schema.to_dict()` has them; what is left out is as usual. SchemaError."""
    for name, field in given.items():
        if "kind" not in field:
            raise SchemaError(f'the field {name!r:.100} has no kind; give it one, like {{"kind": "text"}}')
    return dict(Schema.from_dict(given)) if given else {}


def told(change: SchemaChange | None) -> dict[str, Any]:
    """What an answer says of a change."""
    if change is None:
        return {}
    return {"rewritten": change.num_docs, "dropped_values": change.num_dropped}


def _changed(
    index: Index, add: dict[str, Field], change: dict[str, Field], asked: requests.Fields
) -> SchemaChange | None:
    index.refresh()
    _check(index.schema, add, change, asked.remove)
    done = None
    if change:  # first: the values of documents may be in its way
        try:
            done = index.change_fields(change, on_unsuited=asked.on_unsuited, timeout=LOCK_SECONDS)
        except FieldChangeError as error:
            raise _unsuited(error) from None
    if add or asked.remove:
        try:
            with index.writer(timeout=LOCK_SECONDS) as writer:
                for name, field in add.items():
                    writer.add_field(name, field)
                for name in asked.remove:
                    writer.remove_field(name)
        except SearchlibError as error:  # another program came between the two
            if done is None:
                raise
            raise _half_done(error, change) from None
        index.refresh()
    return done


def _check(schema: Schema, add: dict[str, Field], change: dict[str, Field], remove: list[str]) -> None:
    """Raise what any part of it would raise. SchemaError, UnknownFieldError."""
    for name, times in Counter((*add, *change, *remove)).items():
        if times > 1:
            raise SchemaError(
                f"the field {name!r:.100} stands {times} times in add, change and remove; a request does one "
                f"thing with a field"
            )
    schema = with_changed(schema, change)
    for name, field in add.items():
        if name in schema:
            raise SchemaError(f"there is a field {name!r} already; `change` gives it other options")
        schema = with_field(schema, name, field)
    for name in remove:
        schema = without_field(schema, name)


def _unsuited(error: FieldChangeError) -> ProblemError:
    """The library's refusal, with what a request can do about it."""
    known = problem_of(error)
    documents = "1 document" if error.count == 1 else f"{error.count:,} documents"
    if error.id is None:
        way = f'add these again with the field, or take it away: {{"remove": ["{error.field}"]}}'
        what = f"the field {error.field!r} is not stored, so that its values in {documents} are not known"
    else:
        way = 'mend these documents, or leave such values out: {"on_unsuited": "drop"}'
        what = (
            f"the field {error.field!r} cannot become that: {documents} with a value that does not suit, the "
            f"first is {error.id!r:.100} with {error.value!r:.200}"
        )
    detail = f"nothing was changed: {what}; {way}"
    return ProblemError(409, "FieldChangeError", known.problem.title, detail, field=error.field)


def _half_done(error: SearchlibError, change: dict[str, Field]) -> ProblemError:
    known = problem_of(error)
    detail = f"changed: {', '.join(change)}; nothing was added or removed: {known.problem.detail}"
    kind = known.problem.type.rpartition(":")[2]
    return ProblemError(known.problem.status, kind, known.problem.title, detail, known.headers)
