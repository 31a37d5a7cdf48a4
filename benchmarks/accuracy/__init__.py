"""How accurate the model is beside others, on real sets, forward in time."""
