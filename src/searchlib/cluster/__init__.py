"""A collection: one index in several shards, on as many machines as it takes, whose answers are those of one
index; the extra `searchlib[ray]`.

`ordinals` gives each document a place in one order, `manifest` says which shards there are, a `worker`
has one of them, `fleets` reach the workers, and a `collection` asks them.
"""
