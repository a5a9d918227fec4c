"""Forms of documents and of their review."""
