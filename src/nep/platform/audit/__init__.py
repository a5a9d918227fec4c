"""The trail: every act leaves an event in the same transaction."""
