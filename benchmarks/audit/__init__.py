"""How many leaks the audit finds, and how often it is wrong."""
