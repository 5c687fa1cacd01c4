"""reStructuredText: what an author wrote stays, what tells a program how to show it goes."""

from __future__ import annotations

import pytest

from hang import must_end
from searchlib.sources.formats.structured_text import read_rst

_KEPT = [
    (".. function:: count(x)\n\n   :returns: The zeppelin count.\n", "returns: The zeppelin count."),
    (".. function:: count(x)\n   :returns: The zeppelin count.\n", "returns: The zeppelin count."),
    (".. py:method:: C.count(x)\n   :rtype: zeppelin\n", "rtype: zeppelin"),
    (".. js:function:: count(x)\n   :returns: zeppelins\n", "returns: zeppelins"),
    (".. class:: Zeppelin\n\n   :type: airship\n", "type: airship"),
    (".. class:: Zeppelin\n   :noindex:\n   :type: airship\n", "type: airship"),
    ("   :Author: Ann Lee\n   :Status: draft of zeppelins\n", "Author: Ann Lee\nStatus: draft of zeppelins"),
    (":Author: Ann Lee\n:Date: 2024-05-01\n", "Author: Ann Lee\nDate: 2024-05-01"),
    ("Text of old.\n\n   :param str name: The zeppelin.\n", "param str name: The zeppelin."),
    (".. note::\n\n   :returns: what a note says\n", "returns: what a note says"),
    (".. note:: A note.\n\n      :rtype: zeppelin\n", "rtype: zeppelin"),
    (".. image:: a.png\n   :alt: a picture\n\n   :credit: Bob\n", "credit: Bob"),
    (".. figure:: a.png\n   :width: 3\n   A caption.\n   :credit: Bob\n", "credit: Bob"),
    (".. A comment.\n   :credit: Bob\n", "credit: Bob"),
    ("=====\nTitle\n=====\n   :credit: Bob\n", "credit: Bob"),
    ("At 10:30: the start.\n", "At 10:30: the start."),
    (":ref:`the guide <g>` says.\n", "the guide says."),
    ("   :ref:`the guide`: see it.\n", "   the guide: see it."),
    (".. c:function:: int count(int x)\n", "int count(int x)"),
    (".. py:class:: Zeppelin(length)\n", "Zeppelin(length)"),
    (".. std::vector is faster\n", "std::vector is faster"),
]  # fmt: skip

_GONE = [
    (".. toctree::\n   :maxdepth: 2\n   :caption: Contents\n\n   intro\n", ("maxdepth", "caption")),
    (".. code-block:: python\n   :linenos:\n   :emphasize-lines: 3\n\n   run()\n", ("linenos", "emphasize")),
    (".. image:: a.png\n   :width: 20\n   :alt: a dune\n", ("width",)),
    (".. |logo| image:: a.png\n   :height: 20\n", ("height",)),
    (".. automodule:: zeppelins\n   :members:\n   :undoc-members:\n", ("members",)),
    (".. autoclass:: Zeppelin\n   :members: fly, land\n   :show-inheritance:\n", ("members", "inheritance")),
    (".. function:: count(x)\n   :noindex:\n   :async:\n\n   Counts.\n", ("noindex", "async")),
    (".. py:function:: count(x)\n   :no-index:\n", ("no-index", "py:function", "::")),
    ("   .. figure:: a.png\n      :width: 3\n", ("width",)),
    (".. table:: Zeppelins\n   :widths: 1 2\n", ("widths", "table")),
    (".. py:data:: LENGTH\n   :no-index-entry:\n", ("entry",)),
]


@pytest.mark.parametrize(("text", "expected"), _KEPT)
def test_what_an_author_says_of_something_stays(text: str, expected: str) -> None:
    assert expected in read_rst(text, "a.rst")["body"]


@pytest.mark.parametrize(("text", "options"), _GONE)
def test_options_of_directives_go(text: str, options: tuple[str, ...]) -> None:
    body = read_rst(text, "a.rst")["body"]
    assert not [option for option in options if option in body], body


@pytest.mark.parametrize("piece", [":a", ":", "   :a: ", "`", ":a:`", "*a ", ".. ", "..|", "::", "+-", "| "])
def test_hostile_lines_are_read_in_linear_time(piece: str) -> None:
    with must_end():
        for text in (
            piece * 50_000,
            f"{piece}\n" * 30_000,
            piece + " " * 50_000,
            f"{piece}a" + " a" * 50_000,
        ):
            assert read_rst(text, "a.rst")["body"]
