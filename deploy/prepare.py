"""Check the settings, make the tables, and fill an empty database from fixtures/."""

import os

import django
from django.core.management import call_command
from django.db import connections


def prepare_database() -> None:
    from recruitment.models import Country
    from recruitment.rebuilding import make_searchable

    call_command("migrate", verbosity=0)
    if not Country.objects.exists():
        print("Loading the record: this first start takes a few seconds.", flush=True)
        call_command("load_fixtures")
    make_searchable()  # rows from before search
    connections.close_all()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("check")
    prepare_database()
