"""A query tree becomes ranked hits: the plan, the pinned snapshot it runs on, and what is shown of a hit."""
