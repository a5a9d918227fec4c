"""Ranking a nation: one set of expressions for DuckDB and Spark, the exact core for the rest."""
