"""Rows as the kernels take them: a run of numbers for each column, scales first."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bourse.search.engine.columns import MISSING
from bourse.search.engine.tiles.schema import Scale, Schema, Span

Cells = NDArray[np.int64]
Numbers = NDArray[np.int64]
NOTHING = -1  # as a code: the row has no value on the scale


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows by column. Scales: codes, NOTHING for none; masks where several are had. Spans: MISSING for none.

    `numbers`: the row's own number, for good; a row that is put again bears the same.
    """

    numbers: NDArray[np.integer]
    columns: Mapping[str, NDArray[np.generic]]

    def __len__(self) -> int:
        return len(self.numbers)

    def chosen(self, which: "slice | NDArray[np.int64]") -> "Rows":
        """Some of them."""
        return Rows(self.numbers[which], {name: column[which] for name, column in self.columns.items()})


def cells_of(schema: Schema, rows: Rows) -> Cells:
    """All columns in the kernels' form, one under the other."""
    cells = np.empty((len(schema.scales) + len(schema.spans), len(rows)), np.int64)
    for place, (name, scale) in enumerate(schema.scales.items()):
        cells[place] = _said(name, scale, rows.columns[name])
    for place, (name, span) in enumerate(schema.spans.items(), len(schema.scales)):
        cells[place] = _stored(name, span, rows.columns[name])
    return cells


def _said(name: str, scale: Scale, given: NDArray[np.generic]) -> Cells:
    if scale.is_several:
        masks = given.astype(np.uint64)
        if scale.width < 64 and (masks >> np.uint64(scale.width)).any():
            raise ValueError(f"{name} has {scale.width} values.")
        return masks.view(np.int64)
    codes = given.astype(np.int64)
    if scale.may_lack:
        codes = np.where(codes == NOTHING, scale.width, codes)
    if codes.size and not 0 <= codes.min() <= codes.max() < scale.lines:
        raise ValueError(f"{name} has {scale.width} values.")
    return codes


def _stored(name: str, span: Span, given: NDArray[np.generic]) -> Cells:
    values = given.astype(np.int64)
    lacks = values == MISSING
    said = values[~lacks]
    if said.size and not span.low <= said.min() <= said.max() <= span.high:
        raise ValueError(f"{name} goes from {span.low} to {span.high}.")
    return np.where(lacks, span.top, values - span.low)


def nearness(schema: Schema, cells: Cells) -> Numbers:
    """One number for each row by which rows are put side by side."""
    places = {name: place for place, name in enumerate([*schema.scales, *schema.spans])}
    near = np.zeros(cells.shape[1], np.int64)
    for rank in schema.nearness:
        values = cells[places[rank.column]]
        if rank.column in schema.spans:
            marks = np.array(rank.marks, np.int64) - schema.spans[rank.column].low
            steps, width = np.searchsorted(marks, values, side="right"), len(marks) + 1
        else:
            steps, width = values, schema.scales[rank.column].lines
        near = near * width + steps
    return near
