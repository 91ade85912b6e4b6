"""SDMX-ML data messages, generic and structure-specific: a row an observation, under the ids of the message."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from fourpillars.files import limits
from fourpillars.files.sheet import Sheet, UnreadableFileError

VALUE = "OBS_VALUE"


def read_sdmx(path: Path) -> list[Sheet]:
    """Return a sheet for each data set of an SDMX-ML message.

    Raises
    ------
    UnreadableFileError
        If it is no such message, declares entities, or holds no data.
    """
    _check_xml(path)
    import sdmx

    logging.getLogger("sdmx").setLevel(logging.CRITICAL)  # it warns of what is usual: messages without structure
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            message = sdmx.read_sdmx(path)
            sets = list(getattr(message, "data", ()))
            sheets = [_sheet(one, number, path.name) for number, one in enumerate(sets, start=1) if len(one.obs)]
    except UnreadableFileError:
        raise
    except Exception as error:  # sdmx1 raises whatever its parser meets
        said = f"{type(error).__name__}: {error}".split("\n")[0][:200]
        raise UnreadableFileError(f"{path.name} is no SDMX-ML data message that can be read ({said}).") from None
    if not sheets:
        raise UnreadableFileError(f"{path.name} is an SDMX message without observations.")
    return sheets


def _check_xml(path: Path) -> None:
    """Refuse XML with entities, without end, or of another kind, before anything builds it up in memory."""
    root, elements = "", 0
    try:
        for event, element in iterparse(path, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                root = root or element.tag
                elements += 1
            else:
                element.clear()
            if elements > limits.CELLS:
                raise UnreadableFileError(f"{path.name} has over {limits.CELLS:,} elements.", limits.SMALLER)
    except DefusedXmlException:
        raise UnreadableFileError(f"{path.name} declares XML entities, which no SDMX message needs.") from None
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise UnreadableFileError(f"{path.name} is no sound XML ({error}).") from None
    if "sdmx.org" not in root:
        raise UnreadableFileError(f"{path.name} is XML, but no SDMX message.", "Give SDMX-ML, CSV or Excel.")


def _sheet(data_set: object, number: int, name: str) -> Sheet:
    records = [_record(observation) for observation in data_set.obs]
    columns = list(dict.fromkeys(column for record in records for column in record))
    limits.check_cells(name, len(records) + 1, len(columns))
    rows = [columns, *([record.get(column, "") for column in columns] for record in records)]
    return Sheet(f"data set {number}" if number > 1 else "", rows)


def _record(observation: object) -> dict[str, str]:
    keys = {str(value.id): str(value.value) for value in observation.key.values.values()}
    attributes = {str(name): str(value.value) for name, value in observation.attrib.items()}
    value = observation.value
    return keys | {VALUE: "" if value is None or value != value else str(value)} | attributes
