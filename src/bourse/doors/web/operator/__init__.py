"""Pages of the operator about the house as a whole: how it is set, and where suppliers differ."""
