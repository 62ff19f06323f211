"""A company's places: where goods are sent to, where stock lies."""
