"""Upkeep: how the installation fares, for the operator alone.

Words: a *job* is work that a request does not wait for; a *trouble* is a line of the log that says that
something went wrong. The processes and the disk are read from the file that the supervisor writes
(kit.status), the queue and the outbox from their tables.
"""
