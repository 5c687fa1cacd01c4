"""The page for people at /, and the view of a document: HTML that the server makes, with a little JavaScript.

What a browser without JavaScript gets is the page. With it, the same HTML comes in pieces, as one types. So
there is one template of a hit, and one place that escapes: Jinja2, for every value of every template.
`address` reads and writes what stands in the address, `offering` chooses facets and orders by the schema,
`finding` asks the index, `showing` and `reading` say what a template is given, `rendering` makes the answer.
"""
