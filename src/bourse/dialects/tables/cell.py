"""What a single cell may hold before anyone knows what it means."""

import datetime

Cell = str | int | float | bool | datetime.datetime | datetime.date | None
