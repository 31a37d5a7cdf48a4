"""What is believed about a lead's likelihood of conversion."""
