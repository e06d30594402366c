"""Loyalty: net promoter score, its reasons, satisfaction, complaints and touchpoints."""
