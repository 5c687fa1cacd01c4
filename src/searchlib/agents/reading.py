"""The tool `read`: passages of documents, around an offset or a match, within a budget, and how to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from searchlib import F, place_of_document

from .answers import Answer
from .asking import seconds_left, stored_field
from .budget import DEAREST, TOKEN, price_of_json
from .cursors import Rest, check_of, read_rests, rest_cursor
from .hits import BODY, texts_of, title_of
from .missing import advice, missing_document
from .refusals import Refusal
from .texts import beginning_near, clean, passage, plain, text_of

if TYPE_CHECKING:
    from searchlib import Index

    from .catalog import Catalog

MAX_IDS = 20
_CONTEXT, _SHARE_OF_CONTEXT = 300, 0.4
"""So many characters, and so much of a passage's room, at most, stand before a match."""
_LEAST_TEXT = 25 * TOKEN
_VALUE_LENGTH, _SHARE_OF_FIELDS = 200, 0.25


def read(catalog: Catalog, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer. asked: the arguments, checked, all of them there."""
    name, rests = (asked["index"], []) if asked["cursor"] is None else read_rests(asked["cursor"])
    if asked["index"] not in (None, name):
        raise Refusal(
            "bad_cursor", f"the cursor is of the index {name!r}; leave the index out, or the cursor"
        )
    if asked["ids"] and not {rest.id for rest in rests} <= set(asked["ids"]):
        raise Refusal("bad_cursor", "the cursor is of other documents; leave the ids out, or the cursor")
    served = catalog.chosen(name)
    index = served.current()
    wanted = rests or _wanted(index, asked)
    for rest in wanted:
        stored_field(index, rest.field)
    known = [rest for rest in wanted if rest.id in index]
    missing = [
        missing_document(catalog, served.name, index, rest.id) for rest in wanted if rest.id not in index
    ]
    if not known:
        first = missing[0]
        message = f"no document of {served.name} has the id {first['id']!r}{advice(first)}; search finds ids"
        raise Refusal("not_found", message, missing=missing[:3])
    answer = Answer(asked["budget"], index=served.name, documents=[])
    answer.add_missing(missing)
    left = _Reader(served.name, index, asked, answer).read(known)
    if left:
        answer.value["cursor"] = rest_cursor(served.name, left)
    return answer.checked()


def _wanted(index: Index, asked: Mapping[str, Any]) -> list[Rest]:
    """Which documents and which field of theirs the arguments mean."""
    if not asked["ids"]:
        raise Refusal("bad_argument", "read wants ids, as search gives them, or a cursor of an earlier read")
    if asked["field"] is None and not texts_of(index):
        raise Refusal(
            "not_stored", "the index stores no text: ask for a field by its name", fields=list(index.schema)
        )
    field = asked["field"] or texts_of(index)[0]
    return [Rest(name, field, asked["offset"], -1) for name in dict.fromkeys(asked["ids"])]


class _Reader:
    """Puts passages into an answer, each document's share of the room that is left."""

    def __init__(self, name: str, index: Index, asked: Mapping[str, Any], answer: Answer) -> None:
        self._name, self._index, self._asked, self._answer = name, index, asked, answer

    def read(self, wanted: Sequence[Rest]) -> list[Rest]:
        """Put in what there is room for, and say what is left."""
        left: list[Rest] = []
        for number, rest in enumerate(wanted):
            waiting = wanted[number + 1 :]
            room = self._answer.room - _price_of_cursor(self._name, [*left, rest, *waiting])
            told, text = self._begun(rest)
            share = room // (len(waiting) + 1) - price_of_json(told)
            if number == 0:
                share = self._at_least(share, room - price_of_json(told))
            if share < min(_LEAST_TEXT, len(text) * TOKEN):
                return [*left, rest, *waiting]
            if rest.check < 0 and not self._asked["match"]:
                share -= self._add_fields(told, rest, int(share * _SHARE_OF_FIELDS))
            start = told["start"]
            if self._is_match(told):
                start = _before(text, start, int(share * _SHARE_OF_CONTEXT))
            end = passage(text, start, share)
            told |= {"start": start, "end": end, "text": clean(text[start:end])}
            self._answer.value["documents"].append(told)
            if end < len(text):
                left.append(Rest(rest.id, rest.field, end, check_of(text)))
        return left

    def _at_least(self, share: int, all_there_is: int) -> int:
        """What the first document has: more than its share, if that is next to nothing; Refusal."""
        if share >= _LEAST_TEXT:
            return share
        if all_there_is < _LEAST_TEXT:
            needed = self._answer.budget + (_LEAST_TEXT - all_there_is) // TOKEN + 1
            raise Refusal(
                "budget_too_small",
                f"there is no room for any text: call again with budget={needed}, or with fewer ids",
                needed=needed,
            )
        return _LEAST_TEXT

    def _begun(self, rest: Rest) -> tuple[dict[str, Any], str]:
        """A passage as yet without its text, and the whole text of the field."""
        document = self._index.get(rest.id) or {}
        text = text_of(document.get(rest.field))
        told: dict[str, Any] = {"id": rest.id}
        if title := title_of(self._index, document):
            told["title"] = title
        start, note = min(rest.offset, len(text)), ""
        if rest.check >= 0 and rest.check != check_of(text):
            note = "this document has changed since the passage before"
        elif self._asked["match"] and rest.check < 0:
            found = self._match(rest)
            note = "no match in this field of the document: read from the offset" if found is None else ""
            start = start if found is None else found
        elif rest.offset > len(text):
            note = f"the offset {rest.offset} is behind the end"
        told |= {"field": rest.field, "start": start, "end": len(text), "length": len(text), "text": ""}
        if rest.field == BODY and (place := place_of_document(document, self._index.schema, text, start)):
            told["place"] = place
        if note:
            told["note"] = note
        return told, text

    def _is_match(self, told: Mapping[str, Any]) -> bool:
        """Whether a passage that is begun begins at a match, as yet."""
        return bool(self._asked["match"]) and self._asked["cursor"] is None and "note" not in told

    def _match(self, rest: Rest) -> int | None:
        """Where the best match of the field stands, or the first one behind the offset that was asked for."""
        index, query = self._index, self._asked["match"]
        if rest.field not in index.schema.text_fields:
            return None
        results = index.search(
            query,
            1,
            fields=[rest.field],
            filter=F.id.any(rest.id),
            cross_script=True,
            timeout=seconds_left(self._asked),
        )
        if not len(results):
            return None
        if rest.offset:
            return next(
                (span.start for span in results[0].spans(rest.field) if span.start >= rest.offset), None
            )
        fragment = results[0].fragments(rest.field, 1)[0]
        return fragment.spans[0].start if fragment.spans else None

    def _add_fields(self, told: dict[str, Any], rest: Rest, room: int) -> int:
        """Add the other stored fields, shortened, as far as there is room; what they cost."""
        document = self._index.get(rest.id) or {}
        titles = self._index.schema.title_fields[:1]
        fields: dict[str, Any] = {}
        left_out = 0
        for name, value in document.items():
            if name not in ("id", rest.field, *titles) and value is not None:
                fields[name] = plain(value, _VALUE_LENGTH)
                if price_of_json({"fields": fields}) > room:
                    del fields[name]
                    left_out += 1
        before = price_of_json(told)
        if fields:
            told["fields"] = fields
        if left_out:
            told["fields_left_out"] = left_out
        return price_of_json(told) - before


def _before(text: str, offset: int, room: int) -> int:
    """Where to begin, so that what stands at the offset has something before it, for no more than that."""
    context = _CONTEXT
    while price_of_json(text[offset - min(context, offset) : offset]) > room and context:
        context = context * 9 // 10
    return beginning_near(text, offset, context)


def _price_of_cursor(index: str, rests: Sequence[Rest]) -> int:
    """At most so many hundredths of a token, wherever in these documents it goes on."""
    dearest = [rest._replace(offset=10**8, check=0xFFFF) for rest in rests]
    return price_of_json({"cursor": ""}) + len(rest_cursor(index, dearest)) * DEAREST
