"""Who is who: companies, the people who act for them, and in which role.

A person may belong to several companies and acts for one at a time (Actor). The operator runs the house and
belongs to none. Roles: owner, trader, viewer.
"""
