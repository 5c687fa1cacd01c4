"""Answers as plain data, for whoever writes JSON: the command line, the server, and programs that ask it."""
