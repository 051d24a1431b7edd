"""Sign-in through a party's own identity provider (OpenID Connect)."""
