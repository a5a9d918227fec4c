"""Mail that leaves: queued in the transaction of the act, sent by a job, tried again until it is taken."""
