"""What was known when: figures that later ones replaced, and the statistics as of a day."""
