"""Checks of a deployment that Django does not make itself."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def check_demo_is_off(
    app_configs: Sequence[AppConfig] | None, **_options: object
) -> list[CheckMessage]:
    """Refuse the demo's well-known log-ins anywhere but on `make demo`."""
    if not settings.OPENHALL_DEMO:
        return []
    return [Error("OPENHALL_DEMO is set: everybody knows the demo's passwords.",
                  hint="Unset OPENHALL_DEMO.", id="openhall.E001")]  # fmt: skip


@register(Tags.security, deploy=True)
def check_https_is_on(
    app_configs: Sequence[AppConfig] | None, **_options: object
) -> list[CheckMessage]:
    """Refuse to serve people over plain http."""
    if settings.OPENHALL_HTTPS:
        return []
    return [Error("OPENHALL_HTTPS is 0: sessions could be read on the way.",
                  hint="Unset OPENHALL_HTTPS.", id="openhall.E002")]  # fmt: skip
