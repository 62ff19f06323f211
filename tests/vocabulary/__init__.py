"""The trade's scales."""
