"""The kinds of evidence that the audit gathers, one a file."""
