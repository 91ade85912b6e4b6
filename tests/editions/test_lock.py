from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fourpillars.editions.lock import publishing
from fourpillars.errors import FourPillarsError

HOLD = """
import sys, time
from pathlib import Path
from fourpillars.editions.lock import publishing
with publishing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_names_its_holder_and_dies_with_it(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FourPillarsError, match=rf"Another run is publishing .*process {holder.pid}"):
            publishing(tmp_path).__enter__()
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    with publishing(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FourPillarsError, match="cannot be written"), publishing(tmp_path / "file" / "site"):
        pass
