"""The sample market: invented firms, stones and asks, made to look like a real exchange.

It comes in by the orders that every member gives: the firms send their files, which are read, staged and
confirmed like anybody's. Prices are one smooth surface in size, colour, clarity, shape and make with a jump
at each magic size; firms differ in margin, rounding and care. One seed makes one market; no address in it
leads anywhere.
"""

from bourse.run.sample.loading import SignIn, load

__all__ = ["SignIn", "load"]
