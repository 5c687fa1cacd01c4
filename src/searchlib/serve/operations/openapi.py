"""The OpenAPI 3.1 document of the operations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from ... import __version__
from ..problems import MEDIA_TYPE, Problem

if TYPE_CHECKING:
    from .operation import Operation

_REF = "#/components/schemas/{name}"


@lru_cache(maxsize=2)
def document_of(operations: tuple[Operation, ...]) -> dict[str, Any]:
    """The document of these operations, as far as programs ask for them."""
    operations = tuple(each for each in operations if each.listed)
    types = [
        kind
        for each in operations
        for kind in (each.query, each.body, each.answer, each.refusal)
        if kind is not None
    ]
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    by_type = dict(zip(map(repr, types), schemas, strict=True))
    paths: dict[str, Any] = {}
    for each in operations:
        paths.setdefault(_path(each.path), {})[each.method.lower()] = _operation(each, by_type, components)
    return {
        "openapi": "3.1.0",
        "info": {"title": "searchlib", "version": __version__, "summary": "Search in English and Russian."},
        "paths": paths,
        "components": {"schemas": components},
    }


def _path(path: str) -> str:
    return re.sub(r"{(\w+):\w+}", r"{\1}", path)


def _operation(each: Operation, by_type: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.summary,
        "tags": [each.tag],
        "responses": {str(each.status): _response(each, by_type)}
        | {str(code): _refusal(each, by_type) for code in sorted({400, *each.problems})},
    }
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)", each.path)
    ]
    if each.query is not None:
        schema = components[each.query.__name__]
        for name, of in schema["properties"].items():
            parameters.append(
                {"name": name, "in": "query", "schema": of, "description": of.get("description", "")}
            )
    if parameters:
        found["parameters"] = parameters
    if each.upload:
        content = {media: {"schema": _UPLOAD[media]} for media in each.body_media_types}
        found["requestBody"] = {"required": True, "content": content}
    elif each.body is not None:
        content = {media: {"schema": by_type[repr(each.body)]} for media in each.body_media_types}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _response(each: Operation, by_type: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"description": each.summary}
    if each.answer is None:
        found["content"] = {each.media_type: {"schema": {"type": "string", "format": "binary"}}}
    else:
        found["content"] = {each.media_type: {"schema": by_type[repr(each.answer)]}}
    return found


_LINES = {"type": "string", "description": "A JSON object a line."}
_UPLOAD: dict[str, Any] = {
    "application/x-ndjson": _LINES,
    "application/jsonl": _LINES,
    "application/json": {
        "anyOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}],
    },
}


def _refusal(each: Operation, by_type: dict[str, Any]) -> dict[str, Any]:
    media = MEDIA_TYPE if each.refusal is Problem else "application/json"
    return {"description": "Why not.", "content": {media: {"schema": by_type[repr(each.refusal)]}}}
