"""How fast complaints are answered."""
