"""One form for every log line: JSON on one line, or readable text on a terminal.

Errors go to a file of the data folder too, where the operator's page finds them.
"""

import logging
import os
import sys
from pathlib import Path

import structlog
from structlog.typing import Processor

TROUBLES = "troubles.log"
TROUBLES_LIMIT_BYTES = 1024 * 1024
QUIETER = {
    "django.request": logging.ERROR,  # the request log has a line for each answer
    "procrastinate": logging.WARNING,  # kit.jobs has a line for each job
    "django.security.DisallowedHost": logging.CRITICAL,
}


def configure(process: str, level: int = logging.INFO) -> None:
    """Send this process's log lines, the libraries' too, to standard error in the house's form."""
    structlog.configure(
        processors=[*_shared(process), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_shared(process), processors=_last())
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name, quiet in QUIETER.items():
        logging.getLogger(name).setLevel(quiet)


def keep_troubles(process: str, home: Path) -> None:
    """Append this process's errors to the troubles' log as well, one JSON object a line."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = logging.StreamHandler(os.fdopen(_appending(home / TROUBLES), "a", buffering=1))
    handler.setLevel(logging.ERROR)
    last = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_as_json()]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_shared(process), processors=last)
    )
    logging.getLogger().addHandler(handler)


def rotate_troubles(home: Path) -> None:
    """Keep the younger half of a troubles' log that has grown past its limit."""
    file = home / TROUBLES
    if file.exists() and file.stat().st_size > TROUBLES_LIMIT_BYTES:
        kept = file.read_bytes()[-TROUBLES_LIMIT_BYTES // 2 :]
        with file.open("r+b") as opened:  # in place: the processes append to this very file
            opened.write(kept)
            opened.truncate()


def _appending(file: Path) -> int:
    return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def _as_json() -> list[Processor]:
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(default=str)]


def granian_dictconfig() -> dict[str, object]:
    """The configuration that leaves granian's loggers to `configure`."""
    return {"version": 1, "disable_existing_loggers": False, "handlers": {}, "formatters": {}, "loggers": {}}


def _shared(process: str) -> list[Processor]:
    def name_process(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        event["process"] = process
        return event

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.StackInfoRenderer(),
        name_process,
    ]


def _last() -> list[Processor]:
    drop = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if sys.stderr.isatty():
        return [
            drop,
            structlog.dev.ConsoleRenderer(
                timestamp_key="at", exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    return [drop, *_as_json()]
