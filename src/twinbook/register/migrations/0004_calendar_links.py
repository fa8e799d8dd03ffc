import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import twinbook.register.models.fields


class Migration(migrations.Migration):

    dependencies = [
        ("register", "0003_roles_and_log_guard"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=twinbook.register.models.fields.new_public_id, editable=False, max_length=16, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("audience", models.CharField(max_length=8)),
                ("language", models.CharField(max_length=8)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("used_on", models.DateField(blank=True, null=True)),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="calendar_links", to=settings.AUTH_USER_MODEL)),
                ("partner", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="register.record")),
            ],
        ),
    ]
