"""The search page: filters with their counts, the phrase of what is shown, the ledger of results."""
