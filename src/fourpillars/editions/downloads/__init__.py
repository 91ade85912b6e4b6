"""What readers take away: the data of each exhibit, each report and the whole edition, as files."""
