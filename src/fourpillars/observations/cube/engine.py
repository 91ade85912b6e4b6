"""DuckDB within bounds: so much memory, so many threads, the rest on disk."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fourpillars.errors import FourPillarsError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BYTES = {"MB": 10**6, "GB": 10**9, "MIB": 2**20, "GIB": 2**30}
#: The part of the memory that DuckDB is given: Python, its libraries and the cells need the rest.
SHARE = 0.75
LEAST = 250 * 10**6


@contextmanager
def bounded(memory: str, threads: int, folder: Path | None = None) -> Iterator[DuckDBPyConnection]:
    """Open an empty database in a folder of its own, gone at the end, that keeps within bounds.

    Parameters
    ----------
    memory : str
        What the process may use, such as '4GB'.
    threads : int
        How many threads work.
    folder : Path, optional
        Where what does not fit is put; by default where temporary files go.
    """
    import duckdb

    limit = int(memory_in_bytes(memory) * SHARE)
    if threads < 1:
        raise FourPillarsError(f"--threads is {threads}.", hint="It must be at least 1.")
    if folder is not None and not folder.is_dir():
        raise FourPillarsError(f"There is no folder {str(folder)!r} for temporary files.")
    with tempfile.TemporaryDirectory(prefix="fourpillars-cube-", dir=folder) as place:
        config = {
            "memory_limit": f"{limit // 10**6}MB",
            "threads": threads,
            "temp_directory": str(Path(place) / "spilled"),
            "autoinstall_known_extensions": False,
        }
        connection = duckdb.connect(str(Path(place) / "cube.duckdb"), config=config)
        try:
            yield connection
        except duckdb.OutOfMemoryException as error:
            hint = "Allow more with --memory, use fewer --threads, or name a larger disk with --temporary."
            raise FourPillarsError(f"The files do not fit into {memory} of memory and the disk.", hint) from error
        finally:
            connection.close()


def memory_in_bytes(memory: str) -> int:
    """Return an amount of memory in bytes.

    Examples
    --------
    >>> memory_in_bytes("1.5 GB")
    1500000000
    """
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([MG]i?B)\s*", memory, re.IGNORECASE)
    amount = float(found[1]) * BYTES[found[2].upper()] if found else 0.0
    if amount < LEAST:
        raise FourPillarsError(
            f"{memory!r} is no amount of memory to work in.", hint="Write 4GB or 800MB; 250MB at the least."
        )
    return int(amount)
