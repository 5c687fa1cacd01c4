"""The handlers of operations that read an index."""
