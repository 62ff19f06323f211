"""Lists to take along: one's own stock, the template that asks nothing, and what a row may say."""

from typing import Literal

from bourse.dialects import writing
from bourse.doors.api.operation import Answer, FileAnswer, MemberRequest, operation
from bourse.kit import clock
from bourse.market.queries.exporting import stock_to_export
from bourse.members.actor import Scope

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = {"csv": CSV, "xlsx": XLSX}
Format = Literal["json", "csv", "xlsx"]


@operation(scope=Scope.MANAGE_STOCK, media=(CSV,))
def stock_csv(request: MemberRequest) -> FileAnswer:
    """Your company's live stock as CSV, in a layout that is read again without a question."""
    rows = stock_to_export(request.actor)
    return FileAnswer(writing.csv_of(rows), CSV, f"stock-{clock.now():%Y-%m-%d-%H%M}Z.csv")


@operation(scope=Scope.MANAGE_STOCK, media=(XLSX,))
def stock_xlsx(request: MemberRequest) -> FileAnswer:
    """Your company's live stock as a workbook."""
    rows = stock_to_export(request.actor)
    return FileAnswer(writing.xlsx_of(rows), XLSX, f"stock-{clock.now():%Y-%m-%d-%H%M}Z.xlsx")


@operation(scope=None, media=(CSV,), while_suspended=True)
def template_csv(request: MemberRequest) -> FileAnswer:
    """The layout of ours with sample rows, as CSV."""
    return FileAnswer(writing.template_csv(), CSV, "stock-template.csv")


@operation(scope=None, media=(XLSX,), while_suspended=True)
def template_xlsx(request: MemberRequest) -> FileAnswer:
    """The layout of ours with sample rows, as a workbook."""
    return FileAnswer(writing.template_xlsx(), XLSX, "stock-template.xlsx")


@operation(scope=None, while_suspended=True, json_type="application/schema+json")
def schema(request: MemberRequest) -> Answer[dict[str, object]]:
    """What one row of that layout may say, as JSON Schema."""
    return Answer(writing.schema(), {"Content-Type": "application/schema+json"})
