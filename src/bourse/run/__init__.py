"""How the house starts: command line, PostgreSQL, processes, health, logs, tests and benches.

Words: the *supervisor* is the process behind `./bourse`; it starts PostgreSQL, the *web* and the *follower*,
and whatever dies is started again. The *data folder* is BOURSE_HOME.
Nothing below may import this room.
"""
