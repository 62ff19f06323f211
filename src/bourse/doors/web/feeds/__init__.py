"""What is fetched for a company again and again."""
