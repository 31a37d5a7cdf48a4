"""How often the policy promotes a worse model and refuses a better one."""
