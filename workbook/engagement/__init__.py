"""One client, one period, one folder: its settings, its data read whole, its files of record."""
