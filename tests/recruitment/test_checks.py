"""Settings that would be wrong in silence are told by `manage.py check`."""

import pytest
from django.core.checks import run_checks

PLAIN = {"HTTPS": False, "TRUSTED_PROXIES": 0, "THROTTLE_URL": "memory://"}
BEHIND_PROXY = {"HTTPS": True, "TRUSTED_PROXIES": 1, "THROTTLE_URL": "redis://cache/1"}


@pytest.mark.parametrize(
    ("given", "warnings"),
    [
        pytest.param(PLAIN, [], id="on-one-machine"),
        pytest.param(BEHIND_PROXY, [], id="behind-a-proxy"),
        pytest.param(
            BEHIND_PROXY | {"TRUSTED_PROXIES": 0}, ["W001"], id="all-readers-are-one"
        ),
        pytest.param(PLAIN | {"TRUSTED_PROXIES": 1}, ["W002"], id="links-without-tls"),
        pytest.param(
            BEHIND_PROXY | {"THROTTLE_URL": "memory://"}, ["W003"], id="many-counts"
        ),
    ],
)
def test_setting_that_is_wrong_in_silence_is_told(settings, given, warnings):
    for name, value in given.items():
        setattr(settings, name, value)

    told = run_checks()

    assert [one.id for one in told] == [f"recruitment.{name}" for name in warnings]
    assert all(one.hint for one in told)
