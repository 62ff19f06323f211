"""Our own JSON, under /api/v1/: the same questions and orders as the pages."""
