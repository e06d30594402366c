"""Charts: the house style and the kinds of charts."""
