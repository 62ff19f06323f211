"""Pages of a company's webhooks: where events go, and what became of each."""
