"""Tokens of people, and what was already done for an Idempotency-Key."""

from api.models.idempotency import IdempotencyKey
from api.models.token import PersonalToken

__all__ = ["IdempotencyKey", "PersonalToken"]
