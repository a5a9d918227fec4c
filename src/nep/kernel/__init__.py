"""Pure building blocks without business nouns: no Django, no clock, no network."""
