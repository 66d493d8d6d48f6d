"""Which addresses are followed, by their form and by where they lead."""

from ipaddress import ip_address

import pytest

from recruitment.addressing import LONGEST, is_public, target_of

PUBLIC = ["8.8.8.8", "93.184.215.14", "172.32.0.1", "192.0.1.1", "100.128.0.1"]
PUBLIC_V6 = ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00:1450:4001::1"]
SPECIAL = {
    "this-network": "0.0.0.0",  # noqa: S104  # nothing is bound to it
    "private-10": "10.255.255.255",
    "carrier": "100.64.0.1",
    "carrier-end": "100.127.255.255",
    "loopback": "127.0.0.1",
    "loopback-end": "127.255.255.254",
    "cloud-metadata": "169.254.169.254",
    "cloud-metadata-that-looks-public": "168.63.129.16",
    "private-172": "172.16.0.1",
    "private-172-end": "172.31.255.255",
    "protocols": "192.0.0.192",
    "documentation-1": "192.0.2.1",
    "documentation-2": "198.51.100.1",
    "documentation-3": "203.0.113.1",
    "relay-6to4": "192.88.99.1",
    "private-192": "192.168.1.1",
    "benchmarks": "198.19.255.255",
    "multicast": "224.0.0.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "v6-unspecified": "::",
    "v6-loopback": "::1",
    "v6-mapped-loopback": "::ffff:127.0.0.1",
    "v6-mapped-public": "::ffff:8.8.8.8",
    "v6-compatible": "::127.0.0.1",
    "v6-nat64": "64:ff9b::7f00:1",
    "v6-nat64-local": "64:ff9b:1::7f00:1",
    "v6-discard": "100::1",
    "v6-teredo": "2001:0:7f00:1::",
    "v6-benchmarks": "2001:2::1",
    "v6-documentation": "2001:db8::1",
    "v6-6to4": "2002:7f00:1::",
    "v6-documentation-new": "3fff::1",
    "v6-segments": "5f00::1",
    "v6-unique-local": "fd00:ec2::254",
    "v6-link-local": "fe80::1",
    "v6-link-local-zone": "fe80::1%lo",
    "v6-site-local": "fec0::1",
    "v6-multicast": "ff02::1",
}


@pytest.mark.parametrize("address", [*PUBLIC, *PUBLIC_V6])
def test_address_of_the_open_internet_is_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", SPECIAL.values(), ids=SPECIAL)
def test_address_with_a_special_use_is_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        pytest.param("http://news.example", "http://news.example/", id="no-path"),
        pytest.param("HTTP://News.Example/A", "http://news.example/A", id="capitals"),
        pytest.param("http://news.example./", "http://news.example/", id="full-stop"),
        pytest.param("http://news.example:80/", "http://news.example/", id="its-port"),
        pytest.param(
            "https://news.example:80/",
            "https://news.example:80/",
            id="port-of-another-scheme",
        ),
        pytest.param(
            "http://news.example/a?b=c&d=%20#e",
            "http://news.example/a?b=c&d=%20",
            id="query-without-fragment",
        ),
        pytest.param(
            "https://новини.example/війна?рік=2024",
            "https://xn--b1amarcd.example/%D0%B2%D1%96%D0%B9%D0%BD%D0%B0"
            "?%D1%80%D1%96%D0%BA=2024",
            id="other-scripts",
        ),
        pytest.param("http://faß.example/", "http://xn--fa-hia.example/", id="idna"),
        pytest.param(
            "http://a_b.example/c d", "http://a_b.example/c%20d", id="odd-but-in-use"
        ),
        pytest.param(
            "http://[2A00:1450::0:1]/", "http://[2a00:1450::1]/", id="ipv6-address"
        ),
    ],
)
def test_address_is_put_together_again_from_its_checked_parts(url, followed):
    assert target_of(url).url == followed


def test_address_may_be_as_long_as_browsers_take_and_no_longer():
    longest = "http://news.example/".ljust(LONGEST, "a")

    assert target_of(longest).url == longest
    with pytest.raises(ValueError, match="at most 2,000 characters"):
        target_of(f"{longest}a")
