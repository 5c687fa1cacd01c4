"""What the server can do: the record of an operation, tables of all of them, their OpenAPI document."""
