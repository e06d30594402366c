"""Which of our tables a client's file holds, and by which recipe it would be read."""
