"""A tree of files of all types, made from few documents: `python -m tree FOLDER` in tests/sources makes it.

LibreOffice, pandoc and Python's libraries convert what documents.py says; what they cannot write is made by
hand. Each file holds a word that no other has. A small choice of the files is in selection/.
"""
