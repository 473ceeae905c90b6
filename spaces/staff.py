"""Who answers for a venue, and is therefore told what concerns it."""

from __future__ import annotations

from accounts.models import StaffRole, User
from spaces.models import Venue

_MANAGERS = """
WITH person AS NOT MATERIALIZED (
  SELECT * FROM accounts_user WHERE is_active AND anonymised_at IS NULL
), own AS (
  SELECT person.* FROM person JOIN spaces_venuerole role ON role.user_id = person.id
  WHERE role.venue_id = %(venue)s::bigint AND role.role = %(role)s::text
), theirs AS (
  SELECT person.* FROM person JOIN accounts_operatorrole role ON role.user_id = person.id
  WHERE role.operator_id = %(operator)s::bigint AND role.role = %(role)s::text
)
SELECT * FROM own UNION ALL SELECT * FROM theirs WHERE NOT EXISTS (SELECT FROM own)
ORDER BY id
"""


def managers_of(venue: Venue) -> list[User]:
    """The venue's own managers, or else its operator's. One query."""
    whose = {"venue": venue.pk, "operator": venue.operator_id, "role": StaffRole.MANAGER.value}
    return list(User.objects.raw(_MANAGERS, whose))
