"""What is known of a running server: a line for each request, and numbers."""
