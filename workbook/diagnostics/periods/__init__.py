"""Several periods of one client: whose row is whose, and what changed from one to the next."""
