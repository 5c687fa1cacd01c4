"""Processes beside the run that read files: what a parser of a stranger's bytes does there, it does to itself.

`pool.py` is what others use. How a format reads is not known here.
"""
