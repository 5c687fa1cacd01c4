"""Templates → answers. Jinja2 escapes every value, and the headers forbid once more what it would do.

Jinja2, because its escaping is on for all of a template and has been tried for years by many; Starlette knows
it, too. It is loaded with the first page.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from ...highlight import printable
from .assets import address_of

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
    "Vary": "Accept-Language",
}
"""Of every page."""


def page(template: str, context: dict[str, Any], status: int = 200, **headers: str) -> Response:
    """The answer that a template makes."""
    text = _environment().get_template(template).render(context)
    return Response(text.encode("utf-8", "replace"), status, HEADERS | headers, "text/html; charset=utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import escape

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_safe,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["asset"] = address_of
    environment.filters["sent"] = escape  # what a form sends back: escaped, and not a character less
    return environment


def _safe(value: Any) -> Any:
    """Without control characters and what turns the direction of writing, which escaping leaves alone."""
    return printable(value) if type(value) is str else value
