"""The tariff document: its schema, its checks, and the values it is read into."""

from tariffs.rules.checks import check, require_valid
from tariffs.rules.document import TariffDocument
from tariffs.rules.reading import read
from tariffs.rules.schema import SCHEMA
from tariffs.rules.shape import RateRule

__all__ = ["SCHEMA", "RateRule", "TariffDocument", "check", "read", "require_valid"]
