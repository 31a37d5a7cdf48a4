"""In which of our languages a caller would like to read."""

from functools import lru_cache

from features.wording import LANGUAGES, Language


@lru_cache(maxsize=1024)
def accepted_language(header: str, otherwise: Language) -> Language:
    """Return the language that an Accept-Language header likes best among ours.

    Parameters
    ----------
    header : str
        Such as ``ja-JP,ja;q=0.9,en;q=0.8``; blank where there is none.
    otherwise : {"en", "ja"}
        Where it names none of ours.
    """
    liking: dict[Language, float] = {}
    for part in header.split(","):
        name, _, weight = part.partition(";")
        for language in LANGUAGES:
            if name.strip().lower().split("-")[0] == language:
                liking[language] = max(liking.get(language, 0.0), _quality(weight))
    best = max(liking, key=lambda language: liking[language], default=otherwise)
    return best if liking.get(best, 0.0) > 0 else otherwise


def _quality(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
