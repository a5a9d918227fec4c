"""The sample province Vân Lĩnh: invented people, units and documents, and a plausible history made by the real services."""
