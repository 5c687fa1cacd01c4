"""The shape of requests and answers that InstantSearch front ends speak through instant-meilisearch.

The routes are those of Meilisearch's search API, which such front ends ask: /indexes/{uid}/search,
/multi-search, /indexes/{uid}/facet-search and a few that describe an index. What searchlib has none of
(vectors, places on the globe) is refused by name; what changes no hit is passed over with a note.
"""
