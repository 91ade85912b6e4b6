"""Parts that reports share are noted as read, whether computed, kept, or rehearsed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fourpillars.editions import cache
from fourpillars.editions.followed import KNOWLEDGE, Followed, follow, make_compared, make_most
from fourpillars.editions.rehearsal import calls_of
from fourpillars.exhibits.knowledge import Knowledge
from fourpillars.exhibits.snapshots import Snapshot, snapshot
from fourpillars.observations.reads import recording

REAL = Path(__file__).resolve().parents[2]


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """No snapshot is known before, and none of these afterwards."""
    monkeypatch.setattr(sys.modules[Snapshot.__module__], "_known", {})


def test_who_takes_a_part_has_read_what_it_was_made_from(fresh: None, tmp_path: Path) -> None:
    kept = tmp_path / "parts.pickle"
    known = follow("2026-08", str(REAL))
    assert known is snapshot("2026-08").known
    make_most(known)
    make_compared(known.before)
    known.keep(kept, of=KNOWLEDGE)
    with recording() as of_frame:
        len(known.frame)
    with recording() as again:
        len(known.frame)
    with recording() as of_targets:
        len(known.targets)
    assert of_frame == again
    assert len({read.measure for read in of_frame}) > 50
    assert {read.edition for read in of_frame} == {"2026-08"}
    assert of_targets
    with recording() as before:
        len(known.before.frame)
    assert {read.edition for read in before} == {"2026-07"}

    assert "backtests" not in str(sorted(known.parts))
    other = Followed(Knowledge("2026-08", known.catalogue, known.observations))
    other.parts, _ = cache.read_pickle(kept)
    with recording() as from_disk:
        assert other.frame.equals(known.frame)
    assert from_disk == of_frame


def test_a_file_others_can_write_is_not_trusted(tmp_path: Path) -> None:
    kept = tmp_path / "parts.pickle"
    kept.write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    kept.chmod(0o666)
    assert cache.read_pickle(kept) is None


def test_only_calls_of_exhibits_are_rehearsed() -> None:
    calls = list(calls_of(REAL / "notebooks/industry.ipynb"))
    assert calls
    assert all(isinstance(topic, str) and isinstance(name, str) for topic, name, _ in calls)
    assert ("snapshot", "") not in {(topic, name) for topic, name, _ in calls}
