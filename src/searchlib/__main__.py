"""`python -m searchlib` is the command `searchlib`."""

from .cli import main

main()
