"""The handlers of operations that change an index, and the way of what is written to its commit."""
