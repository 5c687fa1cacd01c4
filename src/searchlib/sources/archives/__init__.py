"""Compressed files and archives as streams of bytes, with limits; nothing of them is written anywhere.

What members mean is not known here: the formats zip and tar make Members of them, and Sources reads those.
"""
