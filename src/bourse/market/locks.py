"""A company's stock as one thing to lock: a confirm has it alone, edits by hand share it.

Without it a confirm would have to lock each of a hundred thousand listings before trusting its difference.
"""

from django.db import connection


def take_stock_alone(company_id: int) -> None:
    """Wait until nobody else changes the company's stock; held until the transaction ends."""
    _lock("pg_advisory_xact_lock", company_id)


def share_stock(company_id: int) -> None:
    """Wait until no upload of the company is being confirmed; held until the transaction ends."""
    _lock("pg_advisory_xact_lock_shared", company_id)


def _lock(function: str, company_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended('market stock', %s))", [company_id])
