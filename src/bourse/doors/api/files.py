"""Lists to take along: one's own stock, the template that asks nothing, and what a row may say."""

from bourse.dialects import writing
from bourse.doors.api.endpoint import Answer, FileAnswer, MemberRequest
from bourse.kit import clock
from bourse.kit.refusal import Refusal
from bourse.market.queries.exporting import stock_to_export

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = {"csv": CSV, "xlsx": XLSX}


class FormatNotKnown(Refusal):
    """A list comes as JSON, CSV or XLSX."""

    status = 400


def format_in(request: MemberRequest) -> str:
    """The ?format= of the request: json unless told."""
    name = request.GET.get("format", "json")
    if name != "json" and name not in MEDIA:
        raise FormatNotKnown("format is json, csv or xlsx; without it the answer is JSON.")
    return name


def stock_csv(request: MemberRequest) -> FileAnswer:
    """GET stock.csv: the caller's own live stock in a layout that is read again without a question."""
    rows = stock_to_export(request.actor)
    return FileAnswer(writing.csv_of(rows), CSV, f"stock-{clock.now():%Y-%m-%d-%H%M}Z.csv")


def stock_xlsx(request: MemberRequest) -> FileAnswer:
    """GET stock.xlsx: the same as a workbook."""
    rows = stock_to_export(request.actor)
    return FileAnswer(writing.xlsx_of(rows), XLSX, f"stock-{clock.now():%Y-%m-%d-%H%M}Z.xlsx")


def template_csv(request: MemberRequest) -> FileAnswer:
    """GET template.csv: the layout of ours with sample rows."""
    return FileAnswer(writing.template_csv(), CSV, "stock-template.csv")


def template_xlsx(request: MemberRequest) -> FileAnswer:
    """GET template.xlsx: the same as a workbook."""
    return FileAnswer(writing.template_xlsx(), XLSX, "stock-template.xlsx")


def schema(request: MemberRequest) -> Answer:
    """GET schema: JSON Schema of one row of that layout."""
    return Answer(writing.schema(), headers={"Content-Type": "application/schema+json"})
