"""Parts of proofs that run as processes of their own, with Django set up before they are imported."""
