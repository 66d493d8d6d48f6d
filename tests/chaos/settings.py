"""The site's settings, but quick: what takes a minute there takes a second here."""

import os
from datetime import timedelta

from config.settings import *  # noqa: F403
from config.settings import DATABASES, JOB_HANDLERS

DEBUG = False  # which the tests' environment has on for the sake of static files
DATABASES["default"]["NAME"] = os.environ["CHAOS_DATABASE"]
JOB_LEASE = timedelta(seconds=2)
JOB_LEASE_RENEWED_EVERY = timedelta(seconds=0.5)
JOBS_SWEPT_EVERY = timedelta(seconds=0.5)
JOB_RESENT_AFTER = timedelta(seconds=3)
JOB_HANDLERS = JOB_HANDLERS | {"import_rows": "tests.chaos.work.publish_slowly"}
