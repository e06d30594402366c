"""Churn reasons: who was lost, why, when, what it cost, and who is next."""
