"""What the words, numbers and times of a table mean."""
