"""What goes wrong is written to standard error, one JSON line each, for the journal of the machine."""

from __future__ import annotations

from typing import Any

import structlog

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]

structlog.configure(
    processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": _SHARED,
        }
    },
    "handlers": {"journal": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["journal"], "level": "WARNING"},
    "loggers": {
        # Pages that are not there and refusals are everyday answers, told to who asked.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": ["journal"], "level": "WARNING", "propagate": False},
    },
}
