"""What was known about a lead at an instant."""
