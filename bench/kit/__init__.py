"""What several proofs use; no proof itself."""
