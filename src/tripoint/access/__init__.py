"""Who you are and what you may see: parties, officers, sign-in, roles, audit."""
