"""An engagement under pseudonyms: its key, the pseudonyms, the tables and messages under them."""
