"""Did you mean: what was meant by words that find nothing (typos, a wrong keyboard layout, names in the other
script, synonyms), and how a word that is half typed goes on.

All of it is looked for among the words of one snapshot. No documents are ranked here.
"""
