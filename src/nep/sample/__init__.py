"""The sample province Vân Lĩnh: invented people, units and documents; the real services make its history."""
