"""Any SDMX service: a data query of its REST interface, read by sdmx1."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Literal

from pydantic import Field

from fourpillars.files.guarded import read_guarded
from fourpillars.files.sheet import Sheet, UnreadableFileError
from fourpillars.observations.services.client import Client, ServiceError, secret
from fourpillars.observations.services.service import Service

_ACCEPT = (
    "application/vnd.sdmx.genericdata+xml;version=2.1,application/vnd.sdmx.structurespecificdata+xml;version=2.1;q=0.9,"
    "application/vnd.sdmx.data+csv;q=0.8,*/*;q=0.1"
)


class SDMX(Service):
    """A data query of an SDMX service.

    Attributes
    ----------
    address : str
        Such as https://data.imf.example/rest.
    flow, key : str
        The dataflow, and the key within it; 'all' for everything.
    params : dict
        Such as startPeriod: 2024.
    key_env : str
        The environment variable that holds its subscription key, where it asks for one.
    key_header : str
        The header that carries it.
    """

    kind: Literal["sdmx"]
    address: str
    flow: str
    key: str = "all"
    params: dict[str, str] = Field(default_factory=dict)
    key_env: str = ""
    key_header: str = "Ocp-Apim-Subscription-Key"

    def fetch(self, client: Client) -> list[Sheet]:
        """Return the sheets of the message."""
        headers = {"Accept": _ACCEPT}
        if self.key_env:
            headers[self.key_header] = secret(self.key_env)
        url = f"{self.address.rstrip('/')}/data/{self.flow}/{self.key}"
        params = {str(name): str(value) for name, value in self.params.items()}
        body = client.get(url, params, headers)
        with tempfile.TemporaryDirectory(prefix="fourpillars-") as folder:
            path = Path(folder) / "answer"
            path.write_bytes(body)
            try:
                return read_guarded(path)
            except UnreadableFileError as error:
                client.forget(url, params, headers)
                said = error.message.removeprefix("answer ")
                raise ServiceError(
                    f"{self.name}: the answer {said}", "Look at the query, or try again later."
                ) from None
