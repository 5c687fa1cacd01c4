"""Indexes that a `searchlib serve` has, asked over HTTP as local ones are: the same methods, the same types.

`connection` sends and waits, `problems` makes errors of refusals, `remote` is the index, and `found` makes
Results of answers. Nothing beside the standard library is needed.
"""
