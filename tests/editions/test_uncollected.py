"""What a page was made from goes back to the system, so that a worker stays as large as one page needs."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

PROGRAM = """
import os
from pathlib import Path
from fourpillars.editions.uncollected import uncollected

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20

before = held()
with uncollected():
    made = [bytes(2000) for _ in range(50_000)]
    during, stays = held(), made[-1]  # the last one stands above the others, which alone would keep them all
    del made
print(during - before, held() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library gives memory back in its own way")
def test_what_is_freed_goes_back_to_the_system() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    during, after = map(int, done.stdout.split())
    assert during > 80
    assert after < 20
