"""Streams: activity types, alone or several that mean the same to sales."""

from typing import Final

EMAIL_TYPES: Final = frozenset({"email_sent", "email_open", "email_click", "email_reply"})
REAL_CONTACT_TYPES: Final = frozenset({"call", "meeting", "seminar_attend", "event_visit"})
WEB_TYPES: Final = frozenset({"page_view", "form_submit", "content_download"})
RESPONSE_TYPES: Final = frozenset(
    {
        "email_click",
        "email_reply",
        "form_submit",
        "content_download",
        "seminar_attend",
        "event_visit",
        "survey_answer",
        "meeting",
        "trial_signup",
    }
)
"""What a lead does itself and on purpose: opening a mail or being called is not a response."""

KNOWN_TYPES: Final = EMAIL_TYPES | REAL_CONTACT_TYPES | WEB_TYPES | RESPONSE_TYPES | {"product_use", "unsubscribe"}

ANY: Final = "any"
_GROUPS: Final = {"real_contact": REAL_CONTACT_TYPES, "web": WEB_TYPES, "response": RESPONSE_TYPES}


def types_of(stream: str) -> frozenset[str] | None:
    """Return the activity types of a stream; None stands for all. A name that is no group is a type of its own."""
    return None if stream == ANY else _GROUPS.get(stream, frozenset({stream}))
