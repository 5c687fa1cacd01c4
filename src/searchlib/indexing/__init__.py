"""Documents become segments: validation, the writer, merging, and the sources that documents come from."""
