"""The site's Celery application, with one turn that comes round each second."""

from config.celery import app

# So that a beat that is killed has told how often it fired.
app.conf.beat_sync_every = 1
app.conf.beat_schedule["turn"] = {
    "task": "recruitment.tasks.ask_in_turn",
    "schedule": 1.0,
    "args": ["import_rows", "month"],
}
