"""The publisher's settings in `reports/edition.yml`: when to publish, whom to tell, where to bring the site.

None of them changes what a page says, so none is an input of a document. Secrets never stand here: a setting
whose name ends in `_env` names the environment variable that holds one.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from fourpillars.errors import did_you_mean

EVENTS = ("success", "failure", "warning")
WEBHOOKS = ("feishu", "dingtalk", "wecom", "slack")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TIME_ZONE = "Asia/Shanghai"

Event = Literal["success", "failure", "warning"]
Variable = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Address = Annotated[str, StringConstraints(pattern=r"^[^\s@<>,;]+@[^\s@<>,;]+$")]


class Strict(BaseModel):
    """A setting: checked, and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ScheduleConfig(Strict):
    """When to look for something new.

    `time_limit` and `retry_after` are seconds; the wait before a retry doubles with each.
    """

    at: tuple[Clock, ...] = Field(default=("10:30", "14:30", "18:30"), min_length=1)
    days: str = "mon-fri"
    time_zone: str = TIME_ZONE
    time_limit: int = Field(default=3600, ge=60, le=86400)
    retries: int = Field(default=2, ge=0, le=10)
    retry_after: int = Field(default=300, ge=1, le=86400)

    @field_validator("days")
    @classmethod
    def _days_are_days(cls, value: str) -> str:
        weekdays(value)
        return value

    @field_validator("time_zone")
    @classmethod
    def _zone_is_known(cls, value: str) -> str:
        from zoneinfo import ZoneInfo, available_timezones

        try:
            ZoneInfo(value)
        except (ValueError, OSError, LookupError):
            raise ValueError(f"unknown time zone {value!r}. {did_you_mean(value, available_timezones())}") from None
        return value


class EmailConfig(Strict):
    """A notice by e-mail."""

    kind: Literal["email"]
    host: str
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "ssl", "none"] = "starttls"
    sender: Address
    to: tuple[Address, ...] = Field(min_length=1)
    username_env: Variable | None = None
    password_env: Variable | None = None
    events: tuple[Event, ...] = EVENTS
    lang: Literal["en", "zh"] = "en"

    @model_validator(mode="after")
    def _no_password_in_the_clear(self) -> EmailConfig:
        if self.security == "none" and self.password_env:
            raise ValueError("a password would be sent in the clear: use security starttls or ssl")
        return self


class WebhookConfig(Strict):
    """A notice by webhook: the address is a secret, and some have another to sign with."""

    kind: Literal["feishu", "dingtalk", "wecom", "slack"]
    url_env: Variable
    secret_env: Variable | None = None
    events: tuple[Event, ...] = EVENTS
    lang: Literal["en", "zh"] = "en"

    @model_validator(mode="after")
    def _only_some_are_signed(self) -> WebhookConfig:
        if self.secret_env and self.kind not in ("feishu", "dingtalk"):
            raise ValueError(f"{self.kind} signs nothing: leave secret_env out")
        return self


NoticeConfig = Annotated[EmailConfig | WebhookConfig, Field(discriminator="kind")]


class DestinationConfig(Strict):
    """Where a finished site is brought: a folder, an object store, or a host by rsync.

    `endpoint` is the address of an S3 store that is not Amazon's; keys come from the environment.
    """

    to: Annotated[str, StringConstraints(min_length=1)]
    endpoint: Annotated[str, StringConstraints(pattern=r"^(https?://[^\s@]+)?$")] = ""

    @field_validator("to")
    @classmethod
    def _holds_no_password(cls, value: str) -> str:
        if re.search(r"://[^/@]*:[^/@]*@", value):
            raise ValueError("the address holds a password: give it by the environment")
        if value.removeprefix("rsync:").startswith("-"):
            raise ValueError("the address begins like an option")
        if any(ord(letter) < 32 for letter in value):
            raise ValueError("the address holds a control character")
        return value

    @property
    def kind(self) -> str:
        """What it is: 'folder', 'store' or 'rsync'.

        Examples
        --------
        >>> [DestinationConfig(to=to).kind for to in ("/srv/www", "s3://bucket/site", "rsync:web:/srv/www")]
        ['folder', 'store', 'rsync']
        """
        if self.to.startswith("rsync:"):
            return "rsync"
        return "store" if "://" in self.to else "folder"

    @property
    def name(self) -> str:
        """How it is named in logs and lists."""
        return self.to if self.kind != "folder" else str(PurePosixPath(self.to))


def weekdays(text: str) -> tuple[int, ...]:
    """Return the days of a week that a text names, Monday 0.

    Raises
    ------
    ValueError
        If it names something else.

    Examples
    --------
    >>> weekdays("mon-wed,sun")
    (0, 1, 2, 6)
    """
    found: set[int] = set()
    for part in text.lower().split(","):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        for name in (first, last) if dash else (first,):
            if name not in DAYS:
                raise ValueError(f"unknown day {name!r}. {did_you_mean(name, DAYS)}")
        begin, end = DAYS.index(first), DAYS.index(last if dash else first)
        found.update(range(begin, end + 1) if begin <= end else (*range(begin, 7), *range(end + 1)))
    return tuple(sorted(found))
