"""The commands by name, and which of them some arguments mean. Nothing is imported here: each start reads it.

Words that name no command are a search for them: `searchlib police force`. A first word within one edit of a
command's name may be either, so that somebody is asked.
"""

from __future__ import annotations

SECTIONS: dict[str, dict[str, str]] = {
    "Every day": {
        "index": "Read files into an index.",
        "query": "Find documents; `searchlib WORDS…` does the same.",
        "list": "List folders and documents.",
        "show": "Print a document.",
        "add": "Add a text.",
        "rm": "Remove documents, or a folder's.",
        "watch": "Keep an index up to date with its folders.",
        "serve": "A page and an API over HTTP.",
        "export": "Write documents as JSON lines.",
        "drop": "Delete an index.",
    },
    "For programs": {
        "mcp": "Serve tools for agents (MCP).",
    },
    "Look closer": {
        "explain": "Show how a query is understood and scored.",
        "like": "Find documents like another one.",
        "complete": "Complete a word.",
        "terms": "List the terms of a field.",
        "stats": "Show what is in the index.",
        "audit": "Find out what searches may miss.",
    },
    "Care": {
        "check": "Verify the index, or repair it.",
        "merge": "Join all segments into one.",
        "reindex": "Add, remove and change fields in place.",
        "completion": "Print the completion script of a shell.",
    },
    "Research": {
        "bench": "Measure speed on your own documents.",
        "eval": "Measure the ranking on a test collection.",
        "translations": "Prepare a dictionary for --translate.",
        "export-ciff": "Write postings for other search engines.",
        "import-ciff": "Make an index of another engine's postings.",
    },
    "Several machines": {
        "cluster": "Make, serve and look at an index of several shards.",
    },
}
"""The list of the help. What each command says of itself is in its module."""

AT_SERVERS = frozenset(
    ("query", "list", "show", "add", "rm", "export", "explain", "like", "complete", "terms", "stats", "audit")
)
"""Those that an index of a server may be given to, by its URL. The others work on files."""

FOR_COLLECTIONS = AT_SERVERS | {"check", "eval", "serve", "mcp"}
"""Those that a collection of several shards may be given to, by its folder."""

COMMANDS = tuple(name for section in SECTIONS.values() for name in section)
ALIASES = {"delete": "rm"}
NAMES = (*COMMANDS, *ALIASES)

_OF_THE_GROUP = ("-h", "--help", "-V", "--version")


def is_search(arguments: list[str]) -> bool:
    """Whether the arguments are a search that names no command."""
    return bool(arguments) and arguments[0] not in NAMES and arguments[0] not in _OF_THE_GROUP


def nearest(word: str) -> str | None:
    """The command whose name is one edit from the word; None if there is none, or it is one itself.

    An edit is a letter more, less or another one, or two that changed places.
    """
    if word in NAMES:
        return None
    return next((name for name in NAMES if _is_one_edit(word, name)), None)


def _is_one_edit(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or len(long) < 3 or one == other:
        return False
    begin = 0
    while begin < len(short) and short[begin] == long[begin]:
        begin += 1
    end = 0
    while end < len(short) - begin and short[-1 - end] == long[-1 - end]:
        end += 1
    left = len(short) - begin - end
    if len(short) < len(long):
        return left == 0
    swapped = short[begin : begin + 2] == long[begin : begin + 2][::-1]
    return left == 1 or (left == 2 and swapped)
