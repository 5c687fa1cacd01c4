"""A collection as one snapshot: questions to all shards, and their answers put together."""
