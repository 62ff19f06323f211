"""Questions about notices."""

from bourse.notices.queries.preferences import choice_for, choices_for, hours_of, preferences

__all__ = ["choice_for", "choices_for", "hours_of", "preferences"]
