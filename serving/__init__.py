"""Scores for the CRM."""
