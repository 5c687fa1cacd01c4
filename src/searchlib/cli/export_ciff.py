"""searchlib export-ciff: an index's postings, for other search engines."""

from __future__ import annotations

import click

from .errors import SUCCESS
from .options import examples, index_option, subcommand


@subcommand(
    "export-ciff",
    short_help="Write postings for other search engines.",
    epilog=examples(
        "searchlib export-ciff demo.ciff",
        "searchlib export-ciff body.ciff --field body --index indexes/news",
    ),
)
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, writable=True))
@index_option
@click.option("--field", "-f", metavar="NAME", help="The field, if words are searched in more than one.")
def command(path: str, index_path: str, field: str | None) -> int:
    """Write one field of the index to FILE in the Common Index File Format, which PISA, Lucene, Terrier
    and others read.

    Terms (lemmas), documents, frequencies and lengths are in it; positions, surface forms and stored fields
    are not. A FILE whose name ends in .gz is packed.
    """
    import searchlib

    from .output import one_line, plural, write

    header = searchlib.export_ciff(searchlib.open(index_path), path, field)
    counts = f"{plural(header.num_docs, 'document')}, {plural(header.num_postings_lists, 'term')}"
    write(f"{one_line(path)}: {counts}")
    return SUCCESS
