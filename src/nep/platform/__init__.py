"""Django plumbing without business nouns."""
