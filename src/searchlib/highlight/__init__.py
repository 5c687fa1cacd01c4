"""Hit → marked fragments: a text and marks come in, spans and marked strings go out. No I/O, no index."""
