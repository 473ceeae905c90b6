from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('spaces', '0008_data_kinds'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='venue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('allotment', 'play_street', 'market_square')), _negated=True), models.Q(('booking_mode', 'here'), _negated=True), _connector='OR'), name='venue_not_by_the_hour_is_not_booked_here', violation_error_message='Places of this kind are not hired by the hour. Say how people ask instead.'),
        ),
        migrations.AddConstraint(
            model_name='venue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('booking_mode', 'ask'), _negated=True), models.Q(('how_to_ask', ''), _negated=True), _connector='OR'), name='venue_asked_for_says_how', violation_error_message='Say how people ask for it.'),
        ),
        migrations.AddConstraint(
            model_name='venue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'digital'), _negated=True), models.Q(('address', ''), ('latitude__isnull', True), ('postcode', ''), models.Q(('website', ''), _negated=True)), _connector='OR'), name='venue_digital_has_a_link_not_an_address', violation_error_message='A digital space has a website instead of an address, postcode and place.'),
        ),
    ]
