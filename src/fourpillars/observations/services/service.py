"""What every source over the network has: a name, what its tables leave unsaid, and how readers are told of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from pydantic import BaseModel, ConfigDict

from fourpillars.files.sheet import Sheet
from fourpillars.observations.services.client import Client


class Service(BaseModel, ABC):
    """A source of statistics over the network.

    Attributes
    ----------
    name : str
        What it is called.
    into : str
        The topic new figures go into; by default its name.
    answers : dict
        As in a file of answers: what its headings, names and silences mean.
    publisher, title, read_from : str
        Its row of sources.csv.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    into: str = ""
    answers: dict[str, Any] = {}
    publisher: str
    title: str = ""
    read_from: str = ""

    @abstractmethod
    def fetch(self, client: Client) -> list[Sheet]:
        """Return what the source has, as sheets."""
