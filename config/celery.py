"""The Celery application; its settings are in celeryconfig.py."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
TRANSPORT_ALIASES["filesystem"] = "config.broker:Transport"

app = Celery("muster")
app.config_from_object("config.celeryconfig")
app.autodiscover_tasks()
