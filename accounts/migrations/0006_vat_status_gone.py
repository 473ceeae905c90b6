from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_data_vat_registrations")]

    operations = [migrations.RemoveField(model_name="operator", name="vat_status")]
