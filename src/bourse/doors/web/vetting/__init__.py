"""Pages of the operator: who wants to join, whose name is on a list, who is off the market for a time."""
