"""Units as dated trees in three lines, people and their postings, who holds which role where."""
