"""Bourse: an open, self-hosted exchange for diamonds.

Each folder here is a room, a door or a floor; see ARCHITECTURE.md.
"""
