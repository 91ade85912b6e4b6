"""The edition for statistical software: SDMX-CSV 2.0, and its structure as SDMX-JSON 2.0."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourpillars.editions.downloads.edition_data import codes
from fourpillars.exhibits.cells import plain

if TYPE_CHECKING:
    from fourpillars.catalogue.names import Names

AGENCY, VERSION = "FOURPILLARS", "1.0.0"
DATAFLOW, STRUCTURE, CONCEPTS = "DF_FOUR_PILLARS", "DSD_FOUR_PILLARS", "CS_FOUR_PILLARS"
SCHEMA = "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json"
DIMENSIONS = ("FREQ", "INDICATOR", "REF_AREA", "ACTIVITY", "TIME_PERIOD")
HEAD = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", "UNIT_MEASURE", "OBS_STATUS")
_FREQUENCIES = {"A": ("Annual", "年"), "M": ("Monthly", "月"), "Q": ("Quarterly", "季")}
_CONCEPTS = {
    "FREQ": ("Frequency", "频率"),
    "INDICATOR": ("Indicator", "指标"),
    "REF_AREA": ("Reference area", "地区"),
    "ACTIVITY": ("Economic activity", "行业"),
    "TIME_PERIOD": ("Time period", "时期"),
    "OBS_VALUE": ("Observation value", "数值"),
    "UNIT_MEASURE": ("Unit of measure", "单位"),
    "OBS_STATUS": ("Observation status", "观测状态"),
}


def write_sdmx_csv(path: Path, frame: Any) -> None:
    """Write the figures as SDMX-CSV 2.0: a line an observation, which replaces what was sent before.

    `frame` is as `edition_data` gives it.
    """
    before = ["dataflow", f"{AGENCY}:{DATAFLOW}({VERSION})", "R"]
    columns = ["freq", "indicator", "ref_area", "activity", "time_period", "obs_value", "unit"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        for row in frame[columns].astype(object).itertuples(index=False):  # texts in Arrow are slow to take one by one
            writer.writerow([plain(cell) for cell in (*before, *row, "A")])


def write_structure(path: Path, data: Mapping[str, Iterable[Any]], names: Names, title: dict[str, str]) -> None:
    """Write concepts, codelists, data structure and dataflow of the figures in the columns of `data`."""
    message = {
        "meta": {"schema": SCHEMA, "id": "FOUR_PILLARS_STRUCTURE", "test": False,
                 "prepared": "1970-01-01T00:00:00Z", "contentLanguages": ["en", "zh"],
                 "sender": {"id": AGENCY}},
        "data": {
            "conceptSchemes": [_item_scheme(CONCEPTS, ("Concepts", "概念"), "concepts", _CONCEPTS)],
            "codelists": _codelists(data, names),
            "dataStructures": [_data_structure()],
            "dataflows": [_artefact(DATAFLOW, (title["en"], title["zh"]))
                          | {"structure": _urn("datastructure.DataStructure", STRUCTURE)}],
        },
    }  # fmt: skip
    path.write_text(json.dumps(message, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _codelists(data: Mapping[str, Iterable[Any]], names: Names) -> list[dict[str, Any]]:
    lists: dict[str, dict[str, tuple[str, str]]] = {
        "freq": _FREQUENCIES,
        "obs_status": {"A": ("Normal value", "正常值")},
    }
    for dimension, code, english, chinese in codes(data, names):
        lists.setdefault(dimension, {})[code] = (english, chinese)
    return [
        _item_scheme(_codelist(dimension), _CONCEPTS[_concept(dimension)], "codes", entries)
        for dimension, entries in lists.items()
    ]


def _data_structure() -> dict[str, Any]:
    dimensions = [
        {"id": name, "position": position, "conceptIdentity": _concept_urn(name),
         "localRepresentation": {"enumeration": _urn("codelist.Codelist", _codelist(name))}}
        for position, name in enumerate(DIMENSIONS[:-1], 1)
    ]  # fmt: skip
    time = {"id": "TIME_PERIOD", "position": len(DIMENSIONS), "conceptIdentity": _concept_urn("TIME_PERIOD"),
            "localRepresentation": {"format": {"dataType": "ObservationalTimePeriod"}}}  # fmt: skip
    attributes = [
        {"id": name, "usage": usage, "conceptIdentity": _concept_urn(name),
         "attributeRelationship": {"observation": {}}, "measureRelationship": ["OBS_VALUE"],
         "localRepresentation": {"enumeration": _urn("codelist.Codelist", _codelist(name))}}
        for name, usage in (("UNIT_MEASURE", "optional"), ("OBS_STATUS", "mandatory"))
    ]  # fmt: skip
    measure = {"id": "OBS_VALUE", "conceptIdentity": _concept_urn("OBS_VALUE"), "usage": "mandatory",
               "localRepresentation": {"format": {"dataType": "Double"}}}  # fmt: skip
    components = {
        "dimensionList": {"id": "DimensionDescriptor", "dimensions": dimensions, "timeDimension": time},
        "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
        "measureList": {"id": "MeasureDescriptor", "measures": [measure]},
    }
    return _artefact(STRUCTURE, ("Four pillars", "四大支柱")) | {"dataStructureComponents": components}


def _item_scheme(name: str, title: tuple[str, str], kind: str, entries: dict[str, tuple[str, str]]) -> dict[str, Any]:
    items = [{"id": code, **_named(both)} for code, both in sorted(entries.items())]
    return _artefact(name, title) | {"isPartial": False, kind: items}


def _artefact(name: str, title: tuple[str, str]) -> dict[str, Any]:
    return {"id": name, "agencyID": AGENCY, "version": VERSION, "isExternalReference": False, **_named(title)}


def _named(both: tuple[str, str]) -> dict[str, Any]:
    return {"name": both[0], "names": {"en": both[0], "zh": both[1]}}


def _concept(dimension: str) -> str:
    return "UNIT_MEASURE" if dimension == "unit" else dimension.upper()


def _codelist(dimension: str) -> str:
    return f"CL_{_concept(dimension)}"


def _concept_urn(name: str) -> str:
    return f"{_urn('conceptscheme.Concept', CONCEPTS)}.{name}"


def _urn(kind: str, name: str) -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={AGENCY}:{name}({VERSION})"
