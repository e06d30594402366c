"""Many engagements: which folders, in what order, with which engine, and what came of it."""
