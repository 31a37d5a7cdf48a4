"""Whether the service keeps its promises while things break around it, and in it."""
