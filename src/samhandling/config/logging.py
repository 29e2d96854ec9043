"""Structured logs without personal text.

A log line says what happened, where and how it went; it never repeats what somebody wrote. Only
the fields of ``ALLOWED`` pass, so a new field has to be allowed on purpose. Line breaks in values
are escaped by both renderers, so that nobody can forge a line.
"""

import logging
from typing import Any

import structlog

ALLOWED = {
    "event", "level", "timestamp", "logger", "status", "method", "duration_ms",
    "request_id", "route", "user", "record", "kind", "count", "command", "file", "exception",
    "exception_type",
}  # fmt: skip


def drop_unknown_fields(
    logger: object, method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Keep the allowed fields (and structlog's own, which start with an underscore)."""
    return {name: value for name, value in event.items() if name in ALLOWED or name[0] == "_"}


def exception_without_values(
    logger: object, method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Replace an exception by its type and the places it passed; its message may quote a person."""
    info = event.pop("exc_info", None)
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if isinstance(info, tuple) and info[0] is not None:
        places, trace = [], info[2]
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_qualname}:{trace.tb_lineno}")
            trace = trace.tb_next
        event["exception_type"] = info[0].__name__
        event["exception"] = " > ".join(places[-12:])
    return event


def request_summary(
    logger: object, method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Django's request errors as page and status; the address may hold what somebody wrote."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord):
        request = getattr(record, "request", None)
        if request is not None and hasattr(request, "method"):
            match = getattr(request, "resolver_match", None)
            event["method"], event["route"] = request.method, match.view_name if match else ""
            event["event"] = "request refused or failed"
        if status := getattr(record, "status_code", None):
            event["status"] = status
    return event


BEFORE: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
# One list for the whole process: a logger that is kept from its first line holds on to it, so that
# asking for the settings twice must not leave the logger with a list that nobody else can reach.
PROCESSORS: list[structlog.typing.Processor] = [
    structlog.stdlib.filter_by_level,
    *BEFORE,
    structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
]


def logging_settings(level: str, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING: everything through structlog to standard error, one line an event."""
    structlog.configure(
        processors=PROCESSORS,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": BEFORE,
                "processors": [
                    request_summary,
                    exception_without_values,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    drop_unknown_fields,
                    renderer,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        # Django's own loggers would otherwise keep their handlers and print the full text.
        "loggers": {"django": {"handlers": [], "level": level, "propagate": True}},
    }
