"""Pages of the person: sign in and out, the one-time link, the company one acts for, the display."""
