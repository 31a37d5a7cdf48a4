"""What to do next with a lead: a small table from grade and gates to a route."""

from models.recommendation.routes import ROUTES, Recommendation, Route, Routes, recommend

__all__ = ["ROUTES", "Recommendation", "Route", "Routes", "recommend"]
