"""From CRM tables to a registered model."""
