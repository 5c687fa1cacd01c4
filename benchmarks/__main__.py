"""`python -m benchmarks COMMAND`: each command's own module does the work."""

from __future__ import annotations

import sys
from importlib import import_module

COMMANDS = {
    "generate": "make the corpora and query sets",
    "environments": "install the peers that need an environment of their own",
    "run": "measure the engines side by side, one results file",
    "lemmas": "how good lemmas are, on treebanks",
    "ranking": "how good the ranking is, on test collections, beside stems and plain forms",
    "choice": "choose the weights of rankings, by leaving collections out; half an hour",
    "feedback": "what expansion by the best documents costs",
    "titles": "what a score of the title's own would add, where questions are titles",
    "language": "all targets of lemmas, ranking and suggestions in one go",
    "suggest": "measure suggestions, layouts, names and cross-script search",
    "patterns": "how long prefixes, wildcards and fuzzy words take, beside tantivy",
    "instant": "what a key stroke costs while one types, over a million documents",
    "over_http": "what searches over HTTP cost, beside a bare answer and tantivy behind the same server",
    "fields": "what two fields cost beside one that joins them",
    "columns": "what four columns cost while documents are indexed",
    "around": "what filters, orders and facets cost, beside tantivy, DuckDB, SQLite and Whoosh",
    "formats": "how fast files of each format are read, and a tree of them indexed, beside recoll",
    "page": "what a page of ten hits costs, fetched and marked, beside tantivy's snippets",
    "counts": "how long counting all matches takes, beside tantivy, Lucene and infino",
    "cluster": "what shards, replicas and transports cost on loopback, beside bare pipes, gRPC, HTTP and Ray",
    "report": "a Markdown table and plots of a results file",
    "readme": "the README's comparison, from a results file",
    "scale": "how latency grows with the shards of a collection: a simulation with measured times",
    "startup": "what starting costs, beside an interpreter that only imports click",
}


def main() -> int:
    """Runs one command."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] not in COMMANDS:
        lines = [f"  {name:14}{what}" for name, what in COMMANDS.items()]
        print("usage: python -m benchmarks COMMAND …\n" + "\n".join(lines), file=sys.stderr)
        return 2
    command = import_module(f"benchmarks.{arguments[0]}")
    status: int = command.main(arguments[1:])
    return status


if __name__ == "__main__":
    raise SystemExit(main())
