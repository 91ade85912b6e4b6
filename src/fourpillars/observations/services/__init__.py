"""Statistics over the network: each source as sheets, like those of a file."""
