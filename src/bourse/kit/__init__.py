"""What every room uses and what knows no diamond: refusals, limits, the outbox, the clock, money.

Nothing here imports another room. A thing moves in only with its second user.
"""
