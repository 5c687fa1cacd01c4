"""Building a collection: tasks that may be killed, done again, or done twice, and give the same bytes.

`plan` cuts the sources into parts, `reading` makes documents of a part, `claims` and `renaming` settle whose
an id is, `shards` indexes the documents of a shard; `runners` say where tasks run, and `build` is all of it.
What a task made is a folder that has its name when it is whole.
"""
