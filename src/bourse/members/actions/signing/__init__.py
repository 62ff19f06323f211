"""Orders about how people sign in; each is a person's own, and is recorded."""
