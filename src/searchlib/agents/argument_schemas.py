"""The JSON Schemas of what tools take. An agent reads them with each list of tools, so they are short."""

from __future__ import annotations

from typing import Any

from .answers import MAX_BUDGET, MIN_BUDGET
from .counting import INTERVALS, MAX_VALUES
from .explaining import MAX_IDS as MAX_EXPLAINED
from .reading import MAX_IDS
from .schema_parts import a_list, a_string, a_whole_number, an_object
from .writing import MAX_DOCUMENTS

MAX_HITS, MAX_SNIPPETS = 50, 5
_MAX_QUERY = 10_000


def _budget(default: int) -> dict[str, Any]:
    return a_whole_number(MIN_BUDGET, MAX_BUDGET, default, "Tokens that the answer may take; it is kept.")


_INDEX = a_string("Which index; the first one if none is named.")
_QUERY = a_string(
    'Words in any language and form; "phrases", AND OR NOT, -word, field:word, prefix*, fuzzy~, [a TO b].',
    maxLength=_MAX_QUERY,
)
_FIELDS = a_list(a_string(), "Search these text fields only.", default=[])
_FILTER = a_string(
    "A query that documents must match, too, without scores: tags:water published:[2010 TO 2015].",
    default="",
    maxLength=_MAX_QUERY,
)
_CROSS_SCRIPT = {
    "type": "boolean",
    "default": True,
    "description": "Find names as the other script writes them, known synonyms and translations, too.",
}

SEARCH = an_object(
    ("query",),
    query=_QUERY,
    index=_INDEX,
    filter=_FILTER,
    fields=_FIELDS,
    sort=a_string("Fields by commas, - for the greatest first: -published; scores if empty.", default=""),
    cross_script=_CROSS_SCRIPT,
    limit=a_whole_number(1, MAX_HITS, 10, "Hits at most."),
    snippets=a_whole_number(0, MAX_SNIPPETS, 2, "Snippets of each hit."),
    snippet_length=a_whole_number(40, 600, 160, "Characters of a snippet."),
    show=a_list(a_string(), "Stored fields that come with each hit.", default=[], maxItems=20),
    budget=_budget(2_000),
    cursor=a_string("Of the page before, with the same arguments."),
)
READ = an_object(
    (),
    ids=a_list(a_string(), "Ids of documents, as search gives them.", default=[], maxItems=MAX_IDS),
    index=_INDEX,
    field=a_string("Which field; the main text if none is named."),
    offset={
        "type": "integer",
        "minimum": 0,
        "default": 0,
        "description": "Begin at this character: a snippet's start, or the end of a passage.",
    },
    match=a_string(
        "Begin shortly before what this query finds in each document.", default="", maxLength=_MAX_QUERY
    ),
    budget=_budget(3_000),
    cursor=a_string("Of a reading before: goes on there; no ids are needed."),
)
COUNT = an_object(
    (),
    query={**_QUERY, "description": "As in search; all documents if it is empty."},
    index=_INDEX,
    filter=_FILTER,
    fields=_FIELDS,
    cross_script=_CROSS_SCRIPT,
    by=a_list(
        {
            "anyOf": [
                a_string("A field: its most frequent values."),
                an_object(
                    ("field",),
                    field=a_string(),
                    top=a_whole_number(1, MAX_VALUES, 10, "Values at most."),
                    interval=a_string("Of a date.", enum=list(INTERVALS)),
                    timezone=a_string("Like Asia/Tashkent.", default="UTC"),
                    step={"type": "number", "exclusiveMinimum": 0, "description": "Width, of a number."},
                    borders=a_list({"type": ["number", "string", "null"]}, "Of ranges."),
                    stats={"type": "boolean", "description": "Least, greatest, sum, mean."},
                    distinct={"type": "boolean", "description": "How many values differ."},
                ),
            ]
        },
        "What to count by: fields that are sortable.",
        default=[],
        maxItems=20,
    ),
    budget=_budget(1_500),
)
EXPLAIN = an_object(
    (),
    query={**_QUERY, "description": "As in search; if empty, the index and its fields are told."},
    index=_INDEX,
    filter=_FILTER,
    fields=_FIELDS,
    cross_script=_CROSS_SCRIPT,
    ids=a_list(a_string(), "Documents whose scores to explain.", default=[], maxItems=MAX_EXPLAINED),
    budget=_budget(2_000),
)
ADD = an_object(
    ("documents",),
    documents=a_list(
        {"type": "object"},
        "Fields by name, and id; explain has the fields.",
        minItems=1,
        maxItems=MAX_DOCUMENTS,
    ),
    index=_INDEX,
)
DELETE = an_object(("ids",), ids=a_list(a_string(), "Ids.", minItems=1, maxItems=MAX_DOCUMENTS), index=_INDEX)
