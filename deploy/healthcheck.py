"""Succeed when the web server answers; the image's health check."""

import http.client
import os
import sys

server = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
host = os.environ["ALLOWED_HOSTS"].split(",")[0].lstrip(".")
server.request("GET", "/health/", headers={"Host": host})
sys.exit(server.getresponse().status != 200)
