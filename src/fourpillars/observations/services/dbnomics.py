"""DBnomics: series by their ids, with their observations."""

from __future__ import annotations

from typing import Any, Literal

from fourpillars.files.sheet import Sheet, number_text
from fourpillars.observations.services.client import Client, ServiceError
from fourpillars.observations.services.service import Service

ADDRESS = "https://api.db.nomics.world/v22"
_PAGE, _MOST = 500, 10_000


class DBnomics(Service):
    """Series of DBnomics.

    Attributes
    ----------
    series : list of str
        Ids such as NBS/M_A0201/A020101, provider, dataset and series; a mask may stand for the series.
    """

    kind: Literal["dbnomics"]
    series: list[str]
    address: str = ADDRESS

    def fetch(self, client: Client) -> list[Sheet]:
        """Return one sheet: a row an observation, with the series' id, its dimensions and its period."""
        rows: list[dict[str, str]] = []
        for ids in self.series:
            for document in self._documents(client, ids):
                rows += _observations(document)
        names = list(dict.fromkeys(name for row in rows for name in row))
        return [Sheet("", [names, *([row.get(name, "") for name in names] for row in rows)])]

    def _documents(self, client: Client, ids: str) -> list[dict[str, Any]]:
        documents: list[dict[str, Any]] = []
        while True:
            params = {"series_ids": ids, "observations": "1", "limit": str(_PAGE), "offset": str(len(documents))}
            told = client.get_json(f"{self.address.rstrip('/')}/series", params)
            try:
                page, found = told["series"]["docs"], int(told["series"]["num_found"])
                documents += page
            except (KeyError, TypeError, ValueError):
                raise ServiceError(f"DBnomics answered for {ids} in a form of its own.", str(told)[:200]) from None
            if not found:
                raise ServiceError(f"DBnomics has no series {ids}.", "Look at the id.")
            if len(documents) >= min(found, _MOST) or not page:
                return documents


def _observations(document: dict[str, Any]) -> list[dict[str, str]]:
    try:
        series = f"{document['provider_code']}/{document['dataset_code']}/{document['series_code']}"
        pairs = list(zip(document["period"], document["value"], strict=True))
        dimensions = {str(name): str(code) for name, code in (document.get("dimensions") or {}).items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ServiceError("DBnomics answered with a series without periods and values.") from None
    series_said = {"series": series, **dimensions}
    return [series_said | {"time_period": str(period), "value": _value(value)} for period, value in pairs]


def _value(value: object) -> str:
    if value is None or value == "NA":
        return ""
    return number_text(value) if isinstance(value, float | int) else str(value)
