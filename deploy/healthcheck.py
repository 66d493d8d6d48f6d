"""Succeed when the front page answers; the image's health check."""

import http.client
import os
import sys

page = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
host = os.environ["ALLOWED_HOSTS"].split(",")[0].lstrip(".")
page.request("GET", "/", headers={"Host": host, "X-Forwarded-Proto": "https"})
sys.exit(page.getresponse().status != 200)
