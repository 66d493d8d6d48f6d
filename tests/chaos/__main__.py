"""Play a scenario, and print its figures as JSON.

Settings come from the environment, as for the site itself; test_chaos.py gives them.
"""

import argparse
import json
import os
import sys
import time

import django

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("scenario", choices=["kills", "two_beats", "broker_outage"])
parser.add_argument("numbers", nargs="*", type=int)
asked = parser.parse_args()
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.chaos.settings"
django.setup()

from tests.chaos import scenarios  # noqa: E402  # once there are models

began = time.monotonic()
figures = getattr(scenarios, asked.scenario)(*asked.numbers)
figures["seconds"] = round(time.monotonic() - began, 1)
json.dump(figures, sys.stdout)
