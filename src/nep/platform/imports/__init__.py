"""Workbooks of strangers: opened with suspicion, and the one table found among titles and signatures."""
