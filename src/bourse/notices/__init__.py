"""Notices: who is told what, and by which way: the inbox, mail, a company's webhooks.

One event is one item for one person: an item carries the word of its event (`once`), so that news told twice
is told once. A person chooses by topic what stands in his inbox and what is mailed, at once or in a digest,
and at which hours he is left alone. A company's programs hear events at addresses of its own, signed.
Nothing here decides what is news: the wiring does, from facts of the other rooms.
"""
