"""Sockets, the protocol on them, and what passes through: bytes, their coding, the memory that they take."""
