"""Rescue when words fail: typos, wrong keyboard layouts, names in another script, synonyms, completions.

Words of a query and the vocabulary of a snapshot come in, other words with their reasons go out. It ranks no
documents.
"""
