"""searchlib import-ciff: an index of postings that another search engine made."""

from __future__ import annotations

import click

from .errors import SUCCESS
from .options import bm25_options, examples, index_option, languages_option, subcommand


@subcommand(
    "import-ciff",
    short_help="Make an index of another engine's postings.",
    epilog=examples(
        "searchlib import-ciff robust04.ciff.gz --languages en-snowball --k1 0.9 --b 0.4 -i indexes/robust04",
        "searchlib import-ciff demo.ciff --index indexes/back    a file that searchlib wrote",
    ),
)
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False))
@index_option
@languages_option("How a query's words become the file's terms, by commas; none: as they are typed.")
@bm25_options
def command(path: str, index_path: str, languages: str, k1: float, b: float) -> int:
    """Make an index of FILE, in the Common Index File Format, to search its documents by their ids.

    Words are ranked by BM25 as in any index. Positions and texts are not in such a file: no phrase is found,
    and nothing can be shown but ids. FILE may be packed by gzip.
    """
    import searchlib

    from .output import one_line, plural, write

    codes = tuple(code.strip() for code in languages.split(",") if code.strip())
    languages_used = () if codes == ("none",) else codes
    index = searchlib.import_ciff(path, index_path, languages=languages_used, k1=k1, b=b)
    write(f"{one_line(index_path)}: {plural(len(index), 'document')}")
    return SUCCESS
