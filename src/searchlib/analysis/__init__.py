"""Text to tokens, tokens to lemma sets: how words are found, whatever their form."""
