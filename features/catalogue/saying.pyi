from features.catalogue.sentence import Written
from features.wording import Language

class NumberSaying:
    """Says numbers."""

    def __init__(
        self,
        many: tuple[str, ...],
        written: Written,
        language: Language,
        one: tuple[str, ...] | None,
        zero: str | None,
        missing: str | None,
    ) -> None: ...
    def of(self, value: float) -> str: ...

class CategorySaying:
    """Says categories by their codes."""

    def __init__(self, categories: tuple[str, ...], other: str, missing: str) -> None: ...
    def of(self, value: float) -> str: ...
