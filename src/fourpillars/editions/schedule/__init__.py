"""Publishing on a schedule: the times, one run with its limit and retries, and who calls it when."""
