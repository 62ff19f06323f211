"""Questions about notices."""

from bourse.notices.queries.preferences import choices_for, choices_of, hours_of, preferences

__all__ = ["choices_for", "choices_of", "hours_of", "preferences"]
