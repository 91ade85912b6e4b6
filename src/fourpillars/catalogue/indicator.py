"""What one indicator is: its entry in ``data/catalogue/indicators.yml``, checked.

An entry says what is measured and why, how it is computed (a series, a ratio or difference of two series,
or a named function), in which direction it is good, and against what it is judged. Entries hold no
expressions: only the names of measures, and for functions the name of a Python function in
`fourpillars.indicators`.
"""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Kind = Literal["industry", "region", "nation"]
Method = Literal["series", "ratio", "difference", "function"]
DEFAULT_STALENESS = {"M": 3, "Q": 6, "A": 36}
ARGUMENTS_OF = {"series": "series", "ratio": "ratio", "difference": "difference", "function": "function"}


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Entry):
    """A text in the languages of the reports."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang.startswith("zh") else self.en


class ShortName(Text):
    """A name that fits an axis: at most 28 letters, or 12 characters."""

    en: str = Field(min_length=1, max_length=28)
    zh: str = Field(min_length=1, max_length=12)


class Series(_Entry):
    """One published series, for every unit of a kind: the columns of the observations that single it out."""

    measure: str
    basis: Literal["month", "ytd", "quarter", "year", "end_of_period", "cumulative"]
    freq: Literal["M", "Q", "A"]
    item: str = ""
    ownership: str = ""
    activity: str | None = None
    unit: str | None = None


class Ratio(_Entry):
    """``scale × numerator / denominator``, cell by cell."""

    numerator: Series
    denominator: Series
    scale: float = 100.0


class Difference(_Entry):
    """``minuend − subtrahend``, cell by cell."""

    minuend: Series
    subtrahend: Series


class Thresholds(_Entry):
    """Where a warning starts; the direction is the polarity's."""

    watch: float
    warn: float
    source: Text


class Override(_Entry):
    """What differs for one kind of unit."""

    method: Method | None = None
    series: Series | None = None
    ratio: Ratio | None = None
    difference: Difference | None = None
    function: str | None = None
    arguments: dict[str, Any] | None = None
    frequency: Literal["M", "Q", "A"] | None = None
    staleness: int | None = Field(default=None, ge=0)
    weight: float | None = Field(default=None, ge=0)
    principal: bool | None = None
    cyclical: bool | None = None
    name: Text | None = None
    short: ShortName | None = None
    definition: Text | None = None
    formula: Text | None = None
    notes: Text | None = None
    thresholds: Thresholds | None = None


class Pillar(_Entry):
    """One of the four pillars: its name and, in a line, its meaning."""

    code: str
    name: Text
    short: ShortName
    meaning: Text


class Indicator(_Entry):
    """An indicator as the catalogue defines it.

    `goalposts` are [low, high] of the indicator's own values by kind, whatever the polarity; `staleness`
    counts the months between the end of the observed period and the edition; a `weight` of 0 keeps it out
    of the score.

    Examples
    --------
    >>> text = {"en": "Revenue growth", "zh": "营业收入增速"}
    >>> growth = Indicator(
    ...     code="revenue_growth", pillar="expansion", clause=["E1"], name=text, short=text, definition=text,
    ...     formula=text, kinds=["industry"], method="series", unit="pct_yoy", polarity=1, frequency="M",
    ...     weight=0, series={"measure": "operating_revenue_growth", "basis": "ytd", "freq": "M"})
    >>> growth.staleness, growth.name["zh"]
    (3, '营业收入增速')
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    pillar: Literal["stability", "expansion", "innovation", "growth"]
    clause: tuple[str, ...] = Field(min_length=1)
    principal: bool = False
    name: Text
    short: ShortName
    definition: Text
    formula: Text
    kinds: tuple[Kind, ...] = Field(min_length=1)
    method: Method
    series: Series | None = None
    ratio: Ratio | None = None
    difference: Difference | None = None
    function: str | None = Field(default=None, pattern=r"^[a-z_]+\.[a-z][a-z0-9_]*$")
    arguments: dict[str, Any] = Field(default_factory=dict)
    by_kind: dict[Kind, Override] = Field(default_factory=dict)
    unit: str
    decimals: int = Field(default=1, ge=0, le=4)
    polarity: Literal[-1, 0, 1]
    frequency: Literal["M", "Q", "A"]
    staleness: int = Field(default=-1, ge=-1, validate_default=True)
    weight: float = Field(default=1.0, ge=0)
    goalposts: dict[Kind, tuple[float, float]] = Field(default_factory=dict)
    goalpost_source: Text | None = None
    cyclical: bool = False
    thresholds: Thresholds | None = None
    notes: Text | None = None

    @field_validator("goalposts")
    @classmethod
    def _low_before_high(cls, goalposts: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
        for kind, (low, high) in goalposts.items():
            if not low < high:
                raise ValueError(f"goalposts for {kind} must be [low, high], low first; found [{low}, {high}]")
        return goalposts

    @model_validator(mode="before")
    @classmethod
    def _default_staleness(cls, entry: Any) -> Any:
        if isinstance(entry, dict) and "staleness" not in entry:
            return entry | {"staleness": DEFAULT_STALENESS.get(entry.get("frequency"), -1)}
        return entry

    @model_validator(mode="after")
    def _whole(self) -> Self:
        strangers = sorted(set(self.by_kind) - set(self.kinds)) + sorted(set(self.goalposts) - set(self.kinds))
        if strangers:
            raise ValueError(f"by_kind and goalposts name {strangers}, which kinds does not")
        if self.goalposts and self.goalpost_source is None:
            raise ValueError("goalposts need a goalpost_source")
        for kind in self.kinds:
            here = self._merged(kind)
            if here[ARGUMENTS_OF[here["method"]]] is None:
                raise ValueError(f"method {here['method']} for {kind} needs its '{here['method']}' entry")
            if here["weight"] and self.polarity == 0:
                raise ValueError("an indicator without polarity must have weight 0")
            if here["weight"] and kind not in self.goalposts:
                raise ValueError(f"a weight for {kind} needs goalposts for {kind}")
        return self

    def _merged(self, kind: str) -> dict[str, Any]:
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        own = self.by_kind.get(kind)
        if own is not None:
            fields |= {name: getattr(own, name) for name in own.model_fields_set}
            if own.frequency is not None and own.staleness is None:
                fields["staleness"] = DEFAULT_STALENESS[own.frequency]
        return fields

    def of(self, kind: str) -> Indicator:
        """Return the indicator as it stands for one `kind`: its overrides applied.

        Examples
        --------
        >>> text = {"en": "Growth", "zh": "增速"}
        >>> growth = Indicator(
        ...     code="growth", pillar="stability", clause=["S1"], name=text, short=text, definition=text,
        ...     weight=0, formula=text, kinds=["industry", "region"], method="series", unit="pct_yoy",
        ...     polarity=1, frequency="M",
        ...     series={"measure": "value_added_growth", "basis": "ytd", "freq": "M"},
        ...     by_kind={"region": {
        ...         "series": {"measure": "value_added_growth", "basis": "month", "freq": "M"}}})
        >>> growth.of("region").series.basis
        'month'
        """
        if kind not in self.by_kind:
            return self
        return type(self).model_construct(**(self._merged(kind) | {"by_kind": {}}))
