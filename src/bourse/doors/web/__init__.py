"""The pages: HTML first, small scripts, no build step."""
