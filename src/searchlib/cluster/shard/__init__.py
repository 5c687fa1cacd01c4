"""One shard: what it answers to a router's questions."""
