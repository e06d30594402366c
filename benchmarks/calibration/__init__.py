"""How often reports name what is not there, and how often their intervals hold: by simulation."""
