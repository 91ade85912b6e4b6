"""The data service of the National Bureau of Statistics of China (easyquery)."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import Field

from fourpillars.files.sheet import Sheet
from fourpillars.observations.services.client import Client, ServiceError
from fourpillars.observations.services.service import Service

ADDRESS = "https://data.stats.gov.cn/easyquery.htm"
_HEADINGS = {"zb": "指标", "reg": "地区", "sj": "时间"}


class NBS(Service):
    """Indicators of one database of the bureau.

    Attributes
    ----------
    database : str
        hgyd, hgjd, hgnd: the nation by month, quarter, year; fsyd, fsjd, fsnd: provinces.
    indicators : list of str
        Codes such as A020101.
    regions : list of str
        Codes such as 440000, for provinces.
    periods : str
        Such as LAST13, 2026 or 202601-202608.
    """

    kind: Literal["nbs"]
    database: Literal["hgyd", "hgjd", "hgnd", "fsyd", "fsjd", "fsnd"]
    indicators: list[str]
    regions: list[str] = Field(default_factory=list)
    periods: str = "LAST13"
    address: str = ADDRESS

    def fetch(self, client: Client) -> list[Sheet]:
        """Return one sheet: a row an observation, with the indicator's name, unit, region and period."""
        rows = [["指标", "地区", "时间", "单位", "数值"]]
        for indicator in self.indicators:
            for region in self.regions or [""]:
                rows += _rows(client.get_json(self.address, self._asked(indicator, region)), indicator)
        if not self.regions:
            rows = [[row[0], *row[2:]] for row in rows]
        return [Sheet("", rows)]

    def _asked(self, indicator: str, region: str) -> dict[str, str]:
        wds = [{"wdcode": "reg", "valuecode": region}] if region else []
        dfwds = [{"wdcode": "zb", "valuecode": indicator}, {"wdcode": "sj", "valuecode": self.periods}]
        return {"m": "QueryData", "dbcode": self.database, "rowcode": "zb", "colcode": "sj", "wds": json.dumps(wds),
                "dfwds": json.dumps(dfwds)}  # fmt: skip


def _rows(told: Any, indicator: str) -> list[list[str]]:
    try:
        if told["returncode"] != 200:
            said = told.get("returndata") if isinstance(told.get("returndata"), str) else told["returncode"]
            raise ServiceError(f"The bureau's data service refused {indicator}: {str(said)[:200]}.")
        data = told["returndata"]
        nodes = {one["wdcode"]: {node["code"]: node for node in one["nodes"]} for one in data["wdnodes"]}
        return [_row(node, nodes) for node in data["datanodes"] if node["data"].get("hasdata", True)]
    except (KeyError, TypeError, AttributeError):
        raise ServiceError(f"The bureau's data service answered for {indicator} in a form of its own.") from None


def _row(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> list[str]:
    codes = {one["wdcode"]: one["valuecode"] for one in node["wds"]}
    indicator = nodes["zb"][codes["zb"]]
    names = [str(nodes[wd][codes[wd]]["cname"]) if wd in codes and wd in nodes else "" for wd in ("zb", "reg", "sj")]
    value = node["data"].get("strdata")
    return [*names, str(indicator.get("unit") or ""), str(node["data"]["data"] if value in (None, "") else value)]
