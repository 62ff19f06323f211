"""What is promised of search."""
