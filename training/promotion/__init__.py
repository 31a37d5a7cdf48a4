"""Champion and challenger: who scores leads, and when a new version takes over."""
