"""A scripted year of the whole loop."""
