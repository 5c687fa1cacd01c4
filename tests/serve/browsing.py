"""Pages that are opened in a browser, and what is held against all of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CONTEXT = {"locale": "en-US", "viewport": {"width": 1280, "height": 800}}
"""How a browser is set up where a test says nothing else."""


class Server:
    """A server that runs. port: where; process: uvicorn's."""

    def __init__(self, port: int, process: Any) -> None:
        self.port, self.process = port, process

    def url(self, path: str = "/", **asked: Any) -> str:
        query = f"?{urlencode(asked, doseq=True)}" if asked else ""
        return f"http://127.0.0.1:{self.port}{path}{query}"


class Visit:
    """A page, with the questions that tests ask of it."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def titles(self) -> list[str]:
        return list(self.page.locator(".hit h2").all_inner_texts())

    def total(self) -> int:
        return int("".join(filter(str.isdigit, self.page.inner_text("#total strong"))))

    def asked(self) -> dict[str, list[str]]:
        """What stands in the address."""
        return parse_qs(urlsplit(self.page.url).query)

    def type(self, text: str) -> None:
        """Type into the search box, and wait for the answer to it."""
        self.page.click("#q")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.arrives(text)

    def arrives(self, text: str) -> None:
        """Wait until the page shows what this query found."""
        self.page.wait_for_function(
            "text => new URL(location).searchParams.get('q') === text && document.title.startsWith(text)"
            " && !document.documentElement.classList.contains('busy')",
            arg=text,
        )

    def after(self, selector: str) -> None:
        """Click on something, and wait until other results stand there."""
        self.page.evaluate("document.querySelector('#results').firstElementChild.dataset.old = 'yes'")
        self.page.click(selector)
        self.page.wait_for_function("() => !document.querySelector('#results').firstElementChild.dataset.old")


class Visits:
    """Opens pages, and remembers what they complain of and whom they ask.

    shared: a context of the browser, in which pages open that need none of their own.
    """

    def __init__(self, browser: Any, server: Server, shared: Any) -> None:
        self._browser, self._server, self._shared = browser, server, shared
        self._opened: list[Any] = []
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.root, self.url = server.url(""), server.url

    def __call__(
        self, path: str = "/", *, server: Server | None = None, expected: tuple[str, ...] = (),
        how: dict[str, Any] | None = None, **asked: Any,
    ) -> Visit:  # fmt: skip
        """A page, loaded. how: of a context of its own; expected: complaints that are none."""
        context = self._shared
        if how is not None:
            context = self._browser.new_context(**(CONTEXT | how))
            self._opened.append(context)
        page = context.new_page()
        self._opened.append(page)
        page.set_default_timeout(15_000)

        def complain(message: str) -> None:
            if not any(part in message for part in expected):
                self.complaints.append(message)

        page.on("console", lambda message: message.type in ("error", "warning") and complain(message.text))
        page.on("pageerror", lambda error: complain(str(error)))
        page.on("dialog", lambda dialog: (complain(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto((server or self._server).url(path, **asked))
        return Visit(page)

    def close(self) -> None:
        """End all of it; nobody complained, nobody else was asked."""
        for opened in reversed(self._opened):
            opened.close()
        assert self.complaints == []
        hosts = {urlsplit(url).hostname for url in self.asked if not url.startswith(("data:", "blob:"))}
        assert hosts <= {"127.0.0.1"}
