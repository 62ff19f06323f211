"""Fact → who is told what, in the house's words: one function for each fact, in a module for each room.

Sentences are English, as those of the rooms: doors know them again and translate (decision 20). Each function
may run twice: the word in `once` sees to it that nobody is told twice.
"""

from bourse.wiring.telling.each import each, unharmed

__all__ = ["each", "unharmed"]
