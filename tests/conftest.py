"""Tools some tests need. Where one is missing its tests are skipped, or fail where FOURPILLARS_REQUIRE names
it."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator

import pytest

TOOLS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "quarto": ("quarto",),
}
FIRST = ("tests/edition/test_site.py", "tests/editions/", "tests/jupyter/", "tests/edition/")
"""Files in the order test processes take them, before all others: what builds the edition, what takes long meanwhile,
what looks at the edition; a short one comes last, so that all end together."""
REQUIRED = {name.strip() for name in os.environ.get("FOURPILLARS_REQUIRE", "").split(",") if name.strip()}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files as in FIRST."""
    items.sort(key=lambda item: next((n for n, path in enumerate(FIRST) if item.nodeid.startswith(path)), len(FIRST)))


def find_tool(name: str) -> str:
    """Return the path of a tool; skip the test where it is missing, or fail where it is required."""
    if name == "quarto" and os.environ.get("QUARTO_PATH"):
        return os.environ["QUARTO_PATH"]
    found = next((path for path in map(shutil.which, TOOLS[name]) if path), None)
    if found:
        return found
    message = f"{name} is not installed"
    if name in REQUIRED:
        pytest.fail(f"{message}, and FOURPILLARS_REQUIRE asks for it")
    pytest.skip(message)


@pytest.fixture(scope="session", autouse=True)
def one_day() -> Iterator[None]:
    """One date of publication for all that a run of the tests builds, also where it runs past midnight."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", os.environ.get("SOURCE_DATE_EPOCH") or str(int(time.time())))
        yield


@pytest.fixture(scope="session", autouse=True)
def nobody_stands_by() -> Iterator[None]:
    """No process stands by for the next command, but where a test asks for one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOURPILLARS_STANDBY", "0")
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium."""
    return find_tool("chromium")


@pytest.fixture(scope="session")
def quarto() -> str:
    """The path of Quarto."""
    return find_tool("quarto")


@pytest.fixture(scope="session")
def leaked() -> re.Pattern[str]:
    """What a program calls nothing, and a reader must never see."""
    return re.compile(r"alt\.Chart|(?<![A-Za-z])(nan|NaN|NaT|None|inf|undefined|null)(?![A-Za-z])")
