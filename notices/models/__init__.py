"""The outbox: what people are told."""

from notices.models.notice import Notice

__all__ = ["Notice"]
