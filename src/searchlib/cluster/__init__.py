"""One index in shards, on as many machines as it takes, with the answers of one index; the extra
`searchlib[ray]`.
"""
