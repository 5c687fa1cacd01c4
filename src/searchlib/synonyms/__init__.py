"""Synonyms: tables of words and names that stand for one another, searchlib's own and the user's."""
