"""Ways in: each translates in, gives one order, translates out. A door decides nothing and holds no tables."""
