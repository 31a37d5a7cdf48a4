"""Which snapshots there are, and which of them were won within the horizon."""
