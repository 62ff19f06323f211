"""One's own person: how one is called, what is kept to take along, the end of the account."""
