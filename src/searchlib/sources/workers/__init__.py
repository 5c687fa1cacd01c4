"""Processes beside the run that read files: what a stranger's file does to its parser, it does there.

`pool.py` is what others use. How a format reads is not known here.
"""
