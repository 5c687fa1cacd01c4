"""Files, folders and standard input become documents, and an index is kept up to date with them."""
