"""The bench of own stock at a toy size: the same code in a real house with few stones."""

import pytest

from bourse.run.bench.command import measure


@pytest.mark.alone
def test_the_bench_looks_at_a_stock_and_changes_it() -> None:
    measured = measure("stock", toy=True)
    figures = measured.figures
    assert min(figures[name] for name in ("table_s", "edit_p95_ms", "reprice_s", "reprice_preview_s")) > 0
    changed = {figures["reprice_rows"], *(told["reprice_rows"] for told in measured.rivals.values())}
    assert len(changed) == 1 and changed != {0.0}
    assert set(measured.rivals) == {"one_update", "update_a_row"}
    assert measured.must == []
