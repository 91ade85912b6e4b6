"""The World Bank's indicators."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from fourpillars.files.sheet import Sheet, number_text
from fourpillars.observations.services.client import Client, ServiceError
from fourpillars.observations.services.service import Service

ADDRESS = "https://api.worldbank.org/v2"
_PAGE, _MOST_PAGES = 1000, 100


class WorldBank(Service):
    """Indicators of the World Bank for some countries.

    Attributes
    ----------
    indicators : list of str
        Codes such as NV.IND.TOTL.ZS.
    countries : list of str
        Codes such as CHN.
    dates : str
        Such as 2015:2025; empty for all.
    """

    kind: Literal["world_bank"]
    indicators: list[str]
    countries: list[str] = Field(default_factory=lambda: ["CHN"])
    dates: str = ""
    address: str = ADDRESS

    def fetch(self, client: Client) -> list[Sheet]:
        """Return one sheet: a row an observation."""
        rows = [["indicator", "indicator_name", "ref_area", "country_name", "time_period", "value"]]
        for indicator in self.indicators:
            rows += [_row(one) for one in self._observations(client, indicator)]
        return [Sheet("", [[row[0], row[2], row[4], row[5]] for row in rows])]

    def _observations(self, client: Client, indicator: str) -> list[dict[str, Any]]:
        url = f"{self.address.rstrip('/')}/country/{';'.join(self.countries)}/indicator/{indicator}"
        found: list[dict[str, Any]] = []
        for page in range(1, _MOST_PAGES + 1):
            params = {"format": "json", "per_page": str(_PAGE), "page": str(page)} | (
                {"date": self.dates} if self.dates else {}
            )
            told = client.get_json(url, params)
            try:
                if "message" in told[0]:
                    said = "; ".join(str(one.get("value", one)) for one in told[0]["message"])
                    raise ServiceError(f"The World Bank refused {indicator}: {said[:200]}.")
                found += told[1] or []
                if page >= int(told[0]["pages"]):
                    break
            except (KeyError, TypeError, IndexError, ValueError, AttributeError):
                raise ServiceError(f"The World Bank answered for {indicator} in a form of its own.") from None
        return found


def _row(one: dict[str, Any]) -> list[str]:
    try:
        value = one["value"]
        shown = "" if value is None else number_text(value) if isinstance(value, float | int) else str(value)
        country = one.get("countryiso3code") or one["country"]["id"]
        return [
            one["indicator"]["id"],
            one["indicator"]["value"],
            str(country),
            one["country"]["value"],
            str(one["date"]),
            shown,
        ]
    except (KeyError, TypeError):
        raise ServiceError("The World Bank answered with an observation in a form of its own.") from None
