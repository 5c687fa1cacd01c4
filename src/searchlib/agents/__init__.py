"""A server of tools for agents, by the Model Context Protocol (MCP): search, read, count, explain.

The tools are plain functions from arguments to an answer that JSON can write; server.py makes a server of
them, and is the only one besides http.py and stdio.py that imports the package `mcp`, which the extra
searchlib[mcp] brings. Only the public library is known here.
"""
