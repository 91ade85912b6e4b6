"""A file of any usual kind as sheets of text cells, within limits."""
