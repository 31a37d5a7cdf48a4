"""What is kept of a training in MLflow, and the registry of models."""
