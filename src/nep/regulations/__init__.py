"""Which legal rule set is in force where."""
