"""A collection: one index in several shards, whose answers are those of one index.

`ordinals` gives each document a place in one order, `manifest` says which shards there are.
"""
