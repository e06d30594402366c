"""Results as charts, tables and sentences: views read, they never compute."""
