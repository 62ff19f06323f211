"""Code from before a migration runs after it: nothing is taken from it, and it need not know what is new."""

import pytest
from django.apps import apps
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

TAKES_AWAY = (
    operations.RemoveField,
    operations.DeleteModel,
    operations.RenameField,
    operations.RenameModel,
    operations.AlterModelTable,
)
ROOMS = sorted(app.label for app in apps.get_app_configs() if app.name.startswith("bourse."))
LATER = sorted(
    (
        migration
        for migration in MigrationLoader(None).disk_migrations.values()
        if migration.app_label in ROOMS and migration.name != "0001_initial"
    ),
    key=str,  # the loader goes through a set: each worker would name the tests in another order
)


@pytest.mark.parametrize("migration", LATER, ids=str)
def test_older_code_may_still_write(migration: Migration) -> None:
    for operation in migration.operations:
        assert not isinstance(operation, TAKES_AWAY), operation.describe()
        if isinstance(operation, operations.AddField) and operation.model_name not in made(migration):
            field = operation.field
            assert field.null or field.many_to_many or field.db_default is not NOT_PROVIDED, (
                f"{operation.describe()}: older code does not give it a value; add db_default or null"
            )


def made(migration: Migration) -> set[str]:
    """The tables that this migration makes: no older code writes them."""
    return {
        operation.name_lower
        for operation in migration.operations
        if isinstance(operation, operations.CreateModel)
    }
