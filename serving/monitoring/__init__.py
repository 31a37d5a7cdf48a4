"""The watch over a model in use: whether leads, scores and outcomes are still what it was trained for."""
