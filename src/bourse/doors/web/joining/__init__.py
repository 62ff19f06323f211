"""How a firm asks to become a member: the application, and the applicant's own page under its link."""
