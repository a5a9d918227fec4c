"""Rule sets as data: reading them, choosing among them, telling them apart."""
