"""JSON Schemas of one value, of which those of arguments and of answers are made."""

from __future__ import annotations

from typing import Any


def an_object(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    """An object of these properties and no others."""
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


def a_string(description: str = "", **more: Any) -> dict[str, Any]:
    """A string; more: further words of JSON Schema."""
    return {"type": "string", **({"description": description} if description else {}), **more}


def a_whole_number(least: int, most: int, default: int, description: str) -> dict[str, Any]:
    """A whole number within bounds."""
    return {
        "type": "integer",
        "minimum": least,
        "maximum": most,
        "default": default,
        "description": description,
    }


def a_list(items: dict[str, Any], description: str = "", **more: Any) -> dict[str, Any]:
    """A list of such items; more: further words of JSON Schema."""
    described = {"description": description} if description else {}
    return {"type": "array", "items": items, **described, **more}
