"""Own data in: a file of any usual kind read, understood, compared with what is there, and written whole."""
