"""What comes in and goes out, as types, and what is said where a request does not fit them."""
