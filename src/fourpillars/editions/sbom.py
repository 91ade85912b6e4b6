"""The software bill of materials of a release: every distribution that made it, as CycloneDX JSON."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from fourpillars.editions import cache
from fourpillars.editions.imports import code_digest
from fourpillars.editions.inputs import digest
from fourpillars.editions.versions import distributions

if TYPE_CHECKING:
    from cyclonedx.model.component import Component

NAME = "sbom.cdx.json"
ROOT = "fourpillars"
_LONGEST_LICENCE = 100  #: characters; some distributions give the whole text of theirs


def write_sbom(folder: Path, renderer: str) -> dict[str, str]:
    """Write `sbom.cdx.json` into the folder of a release, and return its path and sha256 for the manifest.

    The same distributions give the same bytes: the serial number is made from the contents, and a time is
    given only where `SOURCE_DATE_EPOCH` gives it.

    Parameters
    ----------
    folder : Path
        The release.
    renderer : str
        Name and version of what rendered it, noted as a property.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     listed = write_sbom(Path(folder), "embedded")
    >>> listed["path"]
    'sbom.cdx.json'
    """
    told = [
        renderer,
        os.environ.get("SOURCE_DATE_EPOCH", ""),
        code_digest([__name__], with_parents=False),
        distributions(),
    ]
    kept = cache.user_folder() / "bills" / f"{digest(told)}.json"
    bill = cache.kept(kept, lambda: bill_of_materials(renderer).encode())
    (folder / NAME).write_bytes(bill)
    return {"path": NAME, "sha256": hashlib.sha256(bill).hexdigest()}


def bill_of_materials(renderer: str) -> str:
    """Return the bill of the installed distributions `fourpillars` needs, and they in their turn."""
    from cyclonedx.model import Property
    from cyclonedx.model.bom import Bom, BomMetaData
    from cyclonedx.output.json import JsonV1Dot6

    installed = _needed(ROOT)
    components = {name: _component(found) for name, found in installed.items()}
    bom = Bom(
        components=[component for name, component in components.items() if name != ROOT],
        metadata=BomMetaData(
            component=components[ROOT], properties=[Property(name="fourpillars:renderer", value=renderer)]
        ),
    )
    for name, found in installed.items():
        needed = (components[other] for other, _ in _requirements(found) if other in components)
        bom.register_dependency(components[name], sorted(needed, key=lambda component: component.name))
    return _written(json.loads(JsonV1Dot6(bom).output_as_string()))


def _written(bill: dict[str, Any]) -> str:
    """Write a bill, with nothing in it that another run would not write."""
    del bill["serialNumber"], bill["metadata"]["timestamp"]
    contents = json.dumps(bill, sort_keys=True)
    bill["serialNumber"] = uuid5(NAMESPACE_URL, contents).urn
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        bill["metadata"]["timestamp"] = datetime.fromtimestamp(int(epoch), UTC).isoformat()
    return json.dumps(bill, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@functools.cache
def _needed(root: str) -> dict[str, Distribution]:
    """Return the distributions below `root` that are installed, by name and in its order."""
    found: dict[str, Distribution] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(root, frozenset())]
    seen = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # needed on another system only
        waiting += _requirements(found[name], extras)
    return dict(sorted(found.items()))


def _requirements(of: Distribution, extras: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what a distribution needs on this machine, each with the extras it asks for."""
    from packaging.requirements import Requirement

    for line in of.requires or ():
        needed = Requirement(line)
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            yield _canonical(needed.name), frozenset(needed.extras)


def _component(of: Distribution) -> Component:
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
    from packageurl import PackageURL

    name = _canonical(of.metadata["Name"])
    purl = PackageURL("pypi", name=name, version=of.version)
    expression, licence = of.metadata.get("License-Expression"), _licence(of)
    licences = [LicenseExpression(expression)] if expression else [DisjunctiveLicense(name=licence)] * bool(licence)
    return Component(
        name=name,
        version=of.version,
        type=ComponentType.APPLICATION if name == ROOT else ComponentType.LIBRARY,
        bom_ref=str(purl),
        purl=purl,
        licenses=licences,
    )


def _licence(of: Distribution) -> str:
    """Return the licence a distribution names, in its own words; '' where it gives none, or a whole text."""
    named = (of.metadata.get("License") or "").strip()
    if named and "\n" not in named and len(named) <= _LONGEST_LICENCE:
        return named
    classified = [line.split(" :: ")[-1] for line in of.metadata.get_all("Classifier", []) if "License" in line]
    return ", ".join(sorted(classified))


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
