"""Segmentation matrix: whom to sell what, what customers are worth, and who is moving where."""
