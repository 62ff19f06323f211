"""Pages of the operator: member companies and their people."""
