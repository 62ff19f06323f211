"""Manage listings: a company's own stock as a table to work in."""
