"""One module a format: decoded text of a file in, the raw fields of its document or rows out."""
