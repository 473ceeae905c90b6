"""Operators that were marked as registered for VAT get a registration without a number."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Nobody noted since when: the day on which VAT began.
_LONG_SINCE = date(1973, 4, 1)


def copy(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    registered = apps.get_model("accounts", "Operator").objects.filter(vat_status="registered")
    registration = apps.get_model("accounts", "VatRegistration")
    registration.objects.bulk_create(
        registration(operator_id=pk, first_on=_LONG_SINCE)
        for pk in registered.order_by("pk").values_list("pk", flat=True)
    )


def copy_back(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    registration = apps.get_model("accounts", "VatRegistration")
    standing = registration.objects.filter(last_on__isnull=True).values("operator_id")
    apps.get_model("accounts", "Operator").objects.filter(pk__in=standing).update(
        vat_status="registered"
    )
    registration.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_vat_registration")]

    operations = [migrations.RunPython(copy, copy_back)]
