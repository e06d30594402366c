"""Files as they lie in an engagement folder: opened safely, unpacked, cut into cells of text."""
