"""The one clock: the database's. Doors read it once for each order and pass it in."""

from datetime import datetime

from django.db import connection


def now() -> datetime:
    """The database's time, with its zone (UTC)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    moment: datetime = row[0]
    return moment
