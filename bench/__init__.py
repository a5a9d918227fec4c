"""Benchmarks and proofs; see README.md."""
