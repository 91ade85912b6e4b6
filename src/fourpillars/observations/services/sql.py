"""A table of an SQL database, by a query; nothing is written there."""

from __future__ import annotations

from typing import Literal

from fourpillars.files import limits
from fourpillars.files.sheet import Sheet, number_text
from fourpillars.observations.services.client import Client, ServiceError, secret
from fourpillars.observations.services.service import Service


class SQL(Service):
    """A query of a database that SQLAlchemy reaches.

    Attributes
    ----------
    url_env : str
        The environment variable that holds its address, with user and password.
    query : str
        One SELECT.
    """

    kind: Literal["sql"]
    url_env: str
    query: str

    def fetch(self, client: Client) -> list[Sheet]:
        """Return one sheet: the query's columns and rows. What the query would change is rolled back."""
        import sqlalchemy

        try:
            engine = sqlalchemy.create_engine(secret(self.url_env), pool_pre_ping=True)
            with engine.connect() as connection:
                result = connection.execution_options(stream_results=True).execute(sqlalchemy.text(self.query))
                if not result.returns_rows:
                    connection.rollback()
                    raise ServiceError(f"{self.name}: the query gives no rows.", "Write one SELECT.")
                names = list(map(str, result.keys()))
                rows = [list(map(_text, row)) for row in result.fetchmany(limits.CELLS // max(len(names), 1) + 1)]
                connection.rollback()
            engine.dispose()
        except ImportError as error:
            raise ServiceError(f"{self.name}: its driver is not installed ({error.name}).", "pip install it.") from None
        except (sqlalchemy.exc.SQLAlchemyError, OSError) as error:
            said = str(getattr(error, "orig", None) or type(error).__name__)
            raise ServiceError(f"{self.name}: the database refused ({' '.join(said.split())[:200]}).") from None
        limits.check_cells(self.name, len(rows) + 1, len(names))
        return [Sheet("", [names, *rows])]


def _text(value: object) -> str:
    if value is None:
        return ""
    return number_text(value) if isinstance(value, float) else str(value).strip()
