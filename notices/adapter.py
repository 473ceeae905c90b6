"""Sends allauth's mails through the outbox, in our own words."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from accounts.models import User
from core import clock
from notices import links
from notices.services import tell

# Of what allauth offers; the rest (the request, keys, the reader's IP) stays out of the row.
_LINKS = ("activate_url", "password_reset_url", "signup_url")
_FACTS = ("from_email", "to_email", "deleted_email", "code")


class OutboxAdapter(DefaultAccountAdapter):
    """`account/email/<name>` is the event `account_<name>`, `mfa/email/<name>` is `mfa_<name>`."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the mail; it goes out when what it tells of is committed."""
        room, _, name = template_prefix.split("/")
        facts = {key: str(context[key]) for key in _FACTS if key in context}
        facts |= {key: links.absolute(str(context[key])) for key in _LINKS if key in context}
        recipient = self._recipient(email, context)
        tell(
            f"{room}_{name}",
            to_email=email,
            to_name=recipient.name if recipient else "",
            recipient=recipient,
            context=facts,
            now=clock.now(),
        )

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent on to there; an address that cannot be read is not one."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner, and take as long about it as a new account would.

        Keeping a password is slow on purpose; without this a stranger could see by the clock
        that an address is known.
        """
        User().set_password(secrets.token_urlsafe())
        super().send_account_already_exists_mail(email)

    def _recipient(self, email: str, context: dict[str, Any]) -> User | None:
        user = context.get("user")
        return user if isinstance(user, User) else User.objects.filter(email__iexact=email).first()
