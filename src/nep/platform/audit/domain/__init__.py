"""The sealed trail without a database: what a seal is, and whether a trail is as it was sealed."""
