"""Orders about notices."""

from bourse.notices.actions.events import emit
from bourse.notices.actions.letters import mail_to
from bourse.notices.actions.telling import tell, tell_company

__all__ = ["emit", "mail_to", "tell", "tell_company"]
