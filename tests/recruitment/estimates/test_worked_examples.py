"""The worked examples of the methodology page."""

import pytest

from tests.recruitment.claims import (
    A_LIST,
    AGAINST,
    INDIA,
    MEDIAZONA,
    MINISTRY,
    NEPAL,
    NEPAL_2024,
    NEPAL_AUGUST,
    NEPAL_JULY,
    NEPAL_NOVEMBER,
    NGO,
    RUSSIA,
    UKRAINE,
    WASHINGTON,
    WITH,
    almost,
    at_least,
    between,
    ends,
    exactly,
    of_part,
    on,
    up_to,
)

CUBA = [
    at_least(20_000, "2025-09-18", UKRAINE, area="CUB", **WITH),
    at_least(1_038, "2025-09-18", UKRAINE, area="CUB", **of_part("a"), **A_LIST),
    at_least(1_076, "2025-10-15", UKRAINE, area="CUB", **of_part("b"), **A_LIST),
]
CABLE = [
    between(1_000, 5_000, "2025-10-02", WASHINGTON, area="CUB", evidence="estimate")
]
INDIAN_MISSING = [
    exactly(16, "2025-01-17", INDIA, area="IND", counted_by=RUSSIA, **AGAINST),
    exactly(7, "2025-12-18", INDIA, area="IND", counted_by=RUSSIA, **AGAINST),
]
FOREIGN_KILLED = [
    at_least(3_388, "2025-11-19", UKRAINE, area="FOREIGN", **WITH),
    exactly(523, "2025-07-11", MEDIAZONA, area="FOREIGN", **of_part("names"), **A_LIST),
]
FOREIGN_HELD = [
    almost(200, "2025-11-25", UKRAINE, area="FOREIGN", evidence="custody", **WITH)
]
MADE_UP = [
    exactly(6_000, "2024-01-01", MINISTRY),
    up_to(2_999, "2026-01-01", MINISTRY),
    exactly(2_926, "2026-01-01", NGO, **A_LIST),
]


@pytest.mark.parametrize(
    ("figures", "metric", "day", "low", "best", "high", "is_open", "reason", "label"),
    [
        pytest.param(
            *(NEPAL, "killed", "2024-03-31", 19, 19, 33, False, "tier_1", "B"),
            id="nepal-a-ministry-and-an-unnamed-official",
        ),
        pytest.param(
            *(NEPAL_2024, "killed", "2024-12-31", 49, 49, 49, False, "tier_1", "B"),
            id="nepal-ministry-and-embassy-are-one-origin",
        ),
        pytest.param(
            *(NEPAL_JULY, "killed", "2025-07-20", 70, 70, 70, True),
            *("floor_raised", "C"),
            id="nepal-a-list-of-names-lifts-all-three",
        ),
        pytest.param(
            *(NEPAL_AUGUST, "killed", "2025-07-31", 71, 71, 113, True, "tier_1", "B"),
            id="nepal-families-stand-at-the-high-end",
        ),
        pytest.param(
            *(NEPAL_NOVEMBER, "killed", "2025-11-30", 104, 104, 156, False),
            *("tier_1", "B"),
            id="nepal-russia-against-its-interest",
        ),
        pytest.param(
            *(CUBA, "recruited", "2025-10-31", 1_076, None, 20_000, True),
            *("party_only", "D"),
            id="cuba-lists-and-a-partys-word",
        ),
        pytest.param(
            *(CABLE, "serving", "2025-10-31", 1_000, None, 5_000, False),
            *("range_only", "C"),
            id="cuba-a-range-has-no-best",
        ),
        pytest.param(
            *(INDIAN_MISSING, "missing", "2025-01-31", 16, 16, 16, False),
            *("tier_1", "B"),
            id="indian-missing-fresh",
        ),
        pytest.param(
            *(INDIAN_MISSING, "missing", "2025-09-01", None, None, None, False),
            *("stale", "E"),
            id="indian-missing-stale",
        ),
        pytest.param(
            *(INDIAN_MISSING, "missing", "2025-12-31", 7, 7, 7, False, "tier_1", "B"),
            id="indian-missing-counted-anew",
        ),
        pytest.param(
            *(FOREIGN_KILLED, "killed", "2025-11-30", 523, None, 3_388, True),
            *("party_only", "D"),
            id="foreigners-killed",
        ),
        pytest.param(
            *(FOREIGN_HELD, "captured_held", "2025-11-30", 200, 200, 200, False),
            *("tier_1", "B"),
            id="foreigners-held-by-a-custodian",
        ),
        pytest.param(
            *(FOREIGN_HELD, "captured_held", "2026-11-30", None, None, None, False),
            *("stale", "E"),
            id="foreigners-held-a-year-later",
        ),
        pytest.param(
            *(MADE_UP, "killed", "2024-06-01", 6_000, 6_000, 6_000, False),
            *("tier_1", "B"),
            id="made-up-before-the-revision",
        ),
        pytest.param(
            *(MADE_UP, "killed", "2026-01-31", 2_926, 2_926, 2_999, False),
            *("tier_2", "B"),
            id="made-up-after-the-revision",
        ),
    ],
)
def test_worked_example(figures, metric, day, low, best, high, is_open, reason, label):
    drawn = on(day, figures, metric)

    assert ends(drawn) == (low, best, high)
    assert drawn.high_open is is_open
    assert (drawn.reason, drawn.label) == (reason, label)
    assert drawn.revised_down is (figures is MADE_UP and day > "2026")
