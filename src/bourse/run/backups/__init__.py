"""Backups: one archive of the database and the files, verified by restoring it, and the way back.

`contents` says what there is and how it is recognised, `archive` is the file, `programs` runs PostgreSQL's
own tools, `backup` and `restore` are the two commands.
"""
