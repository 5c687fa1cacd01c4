"""searchlib serve: indexes over HTTP, for pages, programs and agents; the extra `searchlib[serve]`.

`operations` says what the server can do, one Operation each; `app` makes a Starlette application of them,
`openapi` their document. What comes in is in `requests`, what goes out in `responses`, and every refusal in
`problems`. The engine is asked in threads, and never waits for a slow client.
"""
