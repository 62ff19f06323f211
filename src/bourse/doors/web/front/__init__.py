"""The front page: what the exchange is and what it holds now."""
