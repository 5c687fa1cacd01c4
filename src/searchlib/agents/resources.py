"""Resources: each index at searchlib://INDEX, each document at searchlib://INDEX/ID, the id percent-encoded
or not.

A document comes as plain text, and a long one up to a limit: the last line says how to read on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from .budget import TOKEN, as_json, fitting
from .explaining import described
from .hits import texts_of, title_of
from .missing import advice, missing_document
from .refusals import Refusal, shortened
from .texts import clean, plain, text_of

if TYPE_CHECKING:
    from .catalog import Catalog

SCHEME = "searchlib://"
TEMPLATE = "searchlib://{index}/{+id}"
MAX_TOKENS = 10_000
_VALUE_LENGTH = 500


def uri_of(index: str, document_id: str = "") -> str:
    """The address of an index, or of a document."""
    name = SCHEME + quote(index, safe="")
    return f"{name}/{quote(document_id, safe='/')}" if document_id else name


def read_resource(catalog: Catalog, uri: str) -> tuple[str, str]:
    """What stands at an address, and its type of media. Refusal, and the errors of the library."""
    if not uri.startswith(SCHEME):
        raise Refusal("not_found", f"no resource is called {shortened(uri, 200)!r}; they begin with {SCHEME}")
    name, _, rest = uri[len(SCHEME) :].partition("/")
    served = catalog.chosen(unquote(name))
    index = served.current()
    if not rest:
        return as_json(described(served.name, index, MAX_TOKENS, list(catalog))), "application/json"
    # An id may have a % of its own.
    document_id = next((each for each in (unquote(rest), rest) if each in index), None)
    if document_id is None:
        told = missing_document(catalog, served.name, index, unquote(rest))
        message = f"no document of {served.name} has the id {shortened(unquote(rest), 200)!r}{advice(told)}"
        raise Refusal("not_found", message)
    document = index.get(document_id) or {}
    field = next(iter(texts_of(index)), None)
    text = text_of(document.get(field)) if field else ""
    lines = [f"id: {clean(document_id)}"]
    if title := title_of(index, document):
        lines.append(f"title: {title}")
    others = {
        name: value for name, value in document.items() if name not in ("id", field) and value is not None
    }
    lines += [
        f"{name}: {plain(value, _VALUE_LENGTH)}" for name, value in others.items() if str(value) != title
    ]
    head = "\n".join(lines)
    end = fitting(text, 0, MAX_TOKENS * TOKEN)
    more = f"\n[the tool read goes on at offset {end} of {len(text)}]" if end < len(text) else ""
    return f"{head}\n\n{clean(text[:end])}{more}", "text/plain"
