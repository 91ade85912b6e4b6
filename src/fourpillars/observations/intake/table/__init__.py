"""A sheet as a table: where its headings end, what its columns are, and the observations it holds."""
