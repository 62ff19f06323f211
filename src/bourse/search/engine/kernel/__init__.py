"""The compiled half of the engine. Only what compiles imports numba; what serves loads machine code alone."""
