"""What a consultant may tune in the summary ([params.summary])."""

from typing import Annotated, TypeAlias

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

AtLeastOne: TypeAlias = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Params:
    """Options of the summary with their defaults and where these come from."""

    customers: AtLeastOne = 20
    """Customers that the report lists, most money at stake first (the method); the appendix and
    the result file have all of them."""
