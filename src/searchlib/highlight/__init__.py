"""Hit → marked fragments: a text and the query's marks come in, spans and marked strings go out. No I/O, no index."""
