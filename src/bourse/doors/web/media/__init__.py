"""Pictures, the certificate and films of an own stone, and what was found at its links."""
