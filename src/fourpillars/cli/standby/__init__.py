"""A process that stands by between commands, with everything imported: `publish --only` then runs in a fork of it.

`call` asks it, `serve` is it, `place` says where it is found and whom it may answer. Linux only.
"""
