"""Telling people: what is worth a notice, its words, and the ways it goes out."""
