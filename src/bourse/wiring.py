"""Fact → listeners: the only list of who hears what."""

from bourse.kit.outbox import Wiring

LISTENERS: Wiring = {}
