"""A company's people: who they are, who is invited, who leads; and the page behind an invitation's link."""
