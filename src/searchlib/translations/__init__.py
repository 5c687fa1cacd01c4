"""Translations: bilingual dictionaries of the user's, so that a word of one language finds the other's."""
