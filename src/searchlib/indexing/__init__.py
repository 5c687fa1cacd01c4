"""Documents become segments: validation, the writer, merging."""
