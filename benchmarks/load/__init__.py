"""Whether the service is after an hour what it was at first."""
