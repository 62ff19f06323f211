"""One form for every log line: JSON on one line, or readable text on a terminal."""

import logging
import sys

import structlog
from structlog.typing import Processor

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
    return [drop, structlog.processors.format_exc_info, structlog.processors.JSONRenderer(default=str)]
