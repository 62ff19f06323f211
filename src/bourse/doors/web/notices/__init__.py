"""Pages of what a person is told: the inbox, how he wants to be told, the end of digests."""
