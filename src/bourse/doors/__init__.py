"""Ways in: each translates in, gives one order, translates out. A door decides nothing, holds no tables."""
