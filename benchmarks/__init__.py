"""searchlib beside its peers: corpora that anyone can make again, indexing, queries, memory and size.

`python -m benchmarks generate`, `run` and `report` are the whole of it; README.md in this folder tells
what is measured and how. Nothing here is imported by the library.
"""
