"""A company's keys for the API: made, shown once, replaced, revoked."""
