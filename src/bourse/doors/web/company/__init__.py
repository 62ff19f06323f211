"""What a company says of itself: to its own people, and as other members see it."""
