"""How Celery runs: what each setting protects us from.

A job's row says whether it is done (`recruitment/running.py`), so a message that comes
twice does no harm; these settings are there so that few come twice and none is needed
for long.
"""

from typing import Any

from celery.schedules import crontab
from django.conf import settings

SECONDS_TO_CONNECT = 1
SECONDS_TO_ANSWER = 3
SECONDS_OF_A_TASK = 900
# Above the longest task, or Redis hands a running task to a second worker.
SECONDS_UNTIL_SENT_AGAIN = 4 * SECONDS_OF_A_TASK

broker_url = settings.BROKER_URL
broker_transport_options: dict[str, Any] = (
    {
        "data_folder_in": settings.BROKER_DIR / "queue",
        "data_folder_out": settings.BROKER_DIR / "queue",
        "control_folder": settings.BROKER_DIR / "control",
        "polling_interval": 0.1,
    }
    if broker_url.startswith("filesystem:")
    else {
        "visibility_timeout": SECONDS_UNTIL_SENT_AGAIN,
        # A page that asks for a job does not wait long for a broker that is away or ill,
        # and a worker not for ever on a connection that died without a word. An answer
        # may take more than the second for which a worker waits for a message.
        "socket_connect_timeout": SECONDS_TO_CONNECT,
        "socket_timeout": SECONDS_TO_ANSWER,
        # To send a message; workers connect as often as it takes.
        "max_retries": 0,
        "socket_keepalive": True,
        # Such a connection is also found when nothing is asked of it.
        "health_check_interval": 10,
    }
)
# Celery asks for the same in three places; without results the others do nothing yet.
visibility_timeout = SECONDS_UNTIL_SENT_AGAIN
result_backend_transport_options = {"visibility_timeout": SECONDS_UNTIL_SENT_AGAIN}

broker_connection_retry = True
broker_connection_retry_on_startup = True
broker_connection_max_retries = (
    None  # a worker waits for its broker as long as it takes
)
# The sweep sends again; whoever asks does not wait for it.
task_publish_retry = False

task_serializer = "json"
accept_content = ["json"]
task_ignore_result = True
result_backend = None

# A message is done with when its task is, and comes again if the worker is lost. One at
# a time, so that a worker which is killed holds no message but that of its task.
task_acks_late = True
task_reject_on_worker_lost = True
# Seconds in which the last word of a worker that died may still come in; ten by default.
worker_lost_wait = 1.0
worker_prefetch_multiplier = 1
# What runs while the broker is away comes to its end. Its message comes again, and finds
# that the job is done.
worker_cancel_long_running_tasks_on_connection_loss = False
task_soft_time_limit = SECONDS_OF_A_TASK
task_time_limit = SECONDS_OF_A_TASK + 60

timezone = "UTC"
SWEEP = settings.JOBS_SWEPT_EVERY.total_seconds()
# Messages that wait for a worker longer than until the next one are worth nothing.
beat_schedule: dict[str, dict[str, Any]] = {
    "sweep": {
        "task": "recruitment.tasks.sweep",
        "schedule": SWEEP,
        "options": {"expires": SWEEP},
    },
    "heartbeat": {
        "task": "recruitment.tasks.beat_heart",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    # What comes round is asked for several times, in case that the broker is away, and
    # done once: `ask_in_turn` says how.
    "rebuild-estimates": {
        "task": "recruitment.tasks.ask_in_turn",
        "schedule": crontab(hour="3-6", minute="17"),
        "args": ["rebuild_estimates", "day"],
    },
    "forget": {
        "task": "recruitment.tasks.forget",
        "schedule": crontab(hour="5", minute="37"),
    },
    "make-release": {
        "task": "recruitment.tasks.ask_in_turn",
        "schedule": crontab(day_of_month="1", hour="4-7", minute="27"),
        "args": ["make_release", "month"],
    },
}
if settings.FETCHING:
    beat_schedule["watch-sources"] = {
        "task": "recruitment.tasks.ask_in_turn",
        "schedule": crontab(minute="41"),
        "args": ["watch_sources", "hour"],
    }
if settings.DRAW_AHEAD:
    # Answers have new names after midnight.
    beat_schedule["draw-charts"] = {
        "task": "recruitment.tasks.ask_in_turn",
        "schedule": crontab(hour="0-2", minute="7"),
        "args": ["draw_charts", "day"],
    }
