"""Places not hired by the hour, and digital ones, as the rules that follow want them."""

from django.db import migrations

NOT_BY_THE_HOUR = ["allotment", "play_street", "market_square"]


def forwards(apps, schema_editor):
    Venue = apps.get_model("spaces", "Venue")
    Space = apps.get_model("spaces", "Space")
    asked = Venue.objects.filter(kind__in=NOT_BY_THE_HOUR)
    booked = asked.filter(booking_mode="here")
    booked.filter(how_to_ask="").update(how_to_ask="Ask the people who run it.")
    booked.update(booking_mode="ask")
    Space.objects.filter(venue__in=asked).update(is_bookable=False)
    digital = Venue.objects.filter(kind="digital")
    digital.update(address="", postcode="", latitude=None, longitude=None)
    for venue in digital.filter(website="").select_related("council"):
        # Nobody has given its link, so people are sent to whoever may know.
        venue.website = venue.council.website or "https://www.gov.uk/find-local-council"
        venue.save(update_fields=["website"])


class Migration(migrations.Migration):
    dependencies = [("spaces", "0007_catalogue")]

    # Backwards there is nothing to undo: what was changed is allowed there too.
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
