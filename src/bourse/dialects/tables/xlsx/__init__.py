"""Reads XLSX as a stream: exact, fast, lean, and safe from what a file claims of itself."""
