"""Bringing a finished site elsewhere: to a folder, an object store, or a host by rsync."""
