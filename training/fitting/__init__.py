"""Fit the conversion model: chosen forward in time, then fitted to everything."""
