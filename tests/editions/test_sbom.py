from __future__ import annotations

import hashlib
import json
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement

from fourpillars.editions.manifest import read_manifest
from fourpillars.editions.sbom import NAME, bill_of_materials

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


@pytest.fixture(scope="module")
def bill() -> dict:
    return json.loads(bill_of_materials("embedded 1.0"))


def test_it_is_valid_cyclonedx(bill: dict) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    assert bill["metadata"]["component"]["name"] == "fourpillars"
    assert bill["metadata"]["properties"] == [{"name": "fourpillars:renderer", "value": "embedded 1.0"}]


def test_it_names_what_the_project_needs_as_installed(bill: dict) -> None:
    needed = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {Requirement(line).name.lower() for line in needed}
    listed = {component["name"]: component for component in bill["components"]}
    for name in names & set(listed):
        assert listed[name]["version"] == version(name)
        assert listed[name]["purl"] == f"pkg:pypi/{name}@{version(name)}"
        assert listed[name]["licenses"]
    depends = {entry["ref"]: entry.get("dependsOn", []) for entry in bill["dependencies"]}
    assert listed["pandas"]["bom-ref"] in depends[bill["metadata"]["component"]["bom-ref"]]
    assert listed["numpy"]["bom-ref"] in depends[listed["pandas"]["bom-ref"]]


def test_it_says_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    first = bill_of_materials("a")
    assert bill_of_materials("a") == first
    assert "timestamp" not in json.loads(first)["metadata"]
    assert json.loads(bill_of_materials("b"))["serialNumber"] != json.loads(first)["serialNumber"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    dated = json.loads(bill_of_materials("a"))
    assert dated["metadata"]["timestamp"] == "1970-01-01T00:00:00+00:00"
    assert dated["serialNumber"] == json.loads(first)["serialNumber"]


def test_a_release_has_one_and_its_manifest_lists_it(first_site: Path) -> None:
    release = first_site / "2026-08"
    content = (release / NAME).read_bytes()
    assert read_manifest(release).sbom == {"path": NAME, "sha256": hashlib.sha256(content).hexdigest()}
    names = {component["name"] for component in json.loads(content)["components"]}
    assert {"pypandoc-binary", "typst", "vl-convert-python"} <= names
