"""Who may ask for what, and how an index looks to a key that sees only a part of it."""
