"""What one's company shows the others of all its listings."""
