"""String → query tree. A query string and a schema come in, frozen nodes go out; no I/O and no analysis here."""
