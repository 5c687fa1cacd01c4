"""Fleets: the workers of all shards, with replicas of each, asked as if none of them could fail.

`fleet` says what a router may rely on. On the workers' side a `desk` answers frames (`frames`) out of the
`versions` that it holds. A channel is one replica as the router sees it: in this process (`here`), behind a
socket (`sockets`), or an actor of Ray (`actors`). `replicated` makes a fleet of channels; `asking` is one
round of questions in it.
"""
