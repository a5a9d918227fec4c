"""Criteria, work items, scoring and classification of people and collectives."""
