"""What must hold of every set of figures, tried on random ones.

HYPOTHESIS_PROFILE=nightly tries tens of thousands of sets instead of hundreds.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from recruitment.estimates import (
    CUMULATIVE,
    ESTIMATED,
    STOCK,
    estimate,
    with_members,
)
from recruitment.intervals import group_intervals, intervals, on_day
from tests.recruitment import claims
from tests.recruitment.naive_estimates import answer, is_newer, line

CLAIMANTS = [
    claims.MINISTRY,
    claims.EMBASSY,
    claims.LEGISLATOR,
    claims.INDIA,
    claims.RUSSIA,
    claims.UKRAINE,
    claims.UKRAINE_SPIES,
    claims.WASHINGTON,
    claims.SPIES,
    claims.UN,
    claims.MEDIAZONA,
    claims.NGO,
    claims.RESEARCHER,
    claims.FAMILIES,
    claims.FIGHTER,
]
# Few and close numbers meet each other's ×1.25 and ×2; the wide range keeps it honest.
numbers = st.one_of(
    st.sampled_from([0, 1, 16, 19, 20, 24, 25, 30, 38, 40, 44, 49, 50, 70, 71, 113]),
    st.integers(0, 25_000),
)
# Days meet each other's windows: a day, half a year or a year apart, and any other.
steps = st.one_of(
    st.sampled_from([0, 0, 0, 1, 30, 180, 181, 365, 366]), st.integers(0, 900)
)
first_days = st.dates(date(2022, 2, 1), date(2024, 6, 30))
cumulative_metrics = st.sampled_from(sorted(CUMULATIVE))
stock_metrics = st.sampled_from(sorted(STOCK))
metrics = st.sampled_from(sorted(ESTIMATED))
an_editor = st.randoms(use_true_random=False)
some_editors = st.one_of(st.none(), st.none(), st.none(), an_editor)


@st.composite
def bounds(draw):
    """Draw a qualifier and the bounds that it asks for."""
    word = draw(st.sampled_from(QUALIFIERS))
    number = draw(numbers)
    if word in {"exact", "about", "almost"}:
        return word, number, number
    if word in {"at_least", "more_than"}:
        return word, number, None
    if word == "up_to":
        return word, None, number
    if word == "range":
        return word, number, number + 1 + draw(numbers)
    return word, *draw(st.sampled_from(sorted(claims.RENDERED.values())))


QUALIFIERS = [
    *["exact"] * 5,
    *["at_least", "more_than", "about"] * 2,
    *["almost", "up_to", "range", "order_of_magnitude"],
]


@st.composite
def a_figure(draw, slug, first_day, voices, scopes=("total", "total", "subset")):
    qualifier, low, high = draw(bounds())
    claimant = draw(st.sampled_from(voices))
    relays = draw(st.integers(0, 5)) == 0
    counted_by = draw(st.sampled_from(CLAIMANTS)) if relays else claimant
    scope = draw(st.sampled_from(scopes))
    as_of = first_day + timedelta(days=draw(steps))
    is_flow = scope == "subset" and draw(st.integers(0, 5)) == 0
    evidence = ["statement", "enumerated", "custody", "estimate"] * 3 + [
        "statement",
        "forecast",
    ]
    interests = ["with", "with", "against", "none"] if counted_by.party else ["none"]
    return claims.figure(
        qualifier,
        low,
        high,
        None if draw(st.integers(0, 30)) == 0 else as_of.isoformat(),
        claimant,
        slug=slug,
        counted_by=counted_by,
        scope=scope,
        scope_note=draw(st.sampled_from(["unit", "list"])) if scope == "subset" else "",
        precision=draw(st.sampled_from(["day", "day", "month", "year", "unknown"])),
        period_start=as_of - timedelta(days=draw(steps)) if is_flow else None,
        published=draw(st.sampled_from([None, as_of, as_of + timedelta(days=9)])),
        evidence=draw(st.sampled_from(evidence)),
        interest=draw(st.sampled_from(interests)),
        credibility=draw(st.sampled_from([1, 2, 2, 2, 3, 3, 3, 4, 5, 6])),
        is_countable=draw(st.integers(0, 20)) > 0,
    )


@st.composite
def figure_sets(draw, max_size=8, editors=some_editors, **details):
    """Draw figures for one key, by few enough claimants that they repeat themselves."""
    area = draw(st.sampled_from(["NPL", "NPL", "NPL", "RUS", "FOREIGN"]))
    first_day = draw(first_days)
    voices = draw(st.lists(st.sampled_from(CLAIMANTS), min_size=1, max_size=3))
    held = [
        replace(draw(a_figure(f"f{n}", first_day, voices, **details)), area=area)
        for n in range(draw(st.sampled_from([0, *range(1, max_size + 1), max_size])))
    ]
    return found_disjoint(held, draw(editors))


def found_disjoint(held, editor):
    """Let an editor find some of the subsets disjoint, each pair on both its sides."""
    beside = {figure.slug: set() for figure in held}
    parts = [figure.slug for figure in held if figure.is_subset] if editor else []
    for one in parts:
        for other in parts:
            if one < other and editor.random() < 0.4:
                beside[one].add(other)
                beside[other].add(one)
    return [replace(f, disjoint_with=frozenset(beside[f.slug])) for f in held]


@st.composite
def days_for(draw, held):
    """Draw a day at which something happens to these figures, or any other."""
    moments = sorted(figure.as_of for figure in held if figure.as_of)
    if not moments or draw(st.integers(0, 4)) == 0:
        return draw(st.dates(date(2022, 1, 1), date(2027, 12, 31)))
    edge = st.sampled_from([-1, 0, 0, 1, 90, 180, 181, 365, 366, 800])
    moment = st.sampled_from([*moments, moments[-1], moments[-1]])
    return draw(moment) + timedelta(days=draw(edge))


@st.composite
def keys(draw, metrics=metrics, **details):
    """Draw figures, a metric and a day."""
    held = draw(figure_sets(**details))
    return held, draw(metrics), draw(days_for(held))


def numbers_of(drawn):
    return answer_of(drawn)[:5]


def answer_of(drawn):
    return (
        drawn.low,
        drawn.low_strict,
        drawn.best,
        drawn.high,
        drawn.high_open,
        drawn.label,
        drawn.reason,
        drawn.revised_down,
    )


def is_party_word(figure):
    return (
        bool(figure.counted_by.party)
        and figure.interest == "with"
        and figure.evidence not in {"enumerated", "custody"}
    )


@given(keys(max_size=7))
def test_two_readings_of_the_method_agree(key):
    assert answer_of(estimate(*key)) == tuple(answer(*key))


@given(keys(cumulative_metrics, max_size=7, editors=an_editor, scopes=["subset"]))
def test_two_readings_of_the_method_agree_on_disjoint_parts(key):
    assert answer_of(estimate(*key)) == tuple(answer(*key))


@given(keys())
def test_low_best_and_high_are_in_order(key):
    drawn = estimate(*key)

    ends = [n for n in (drawn.low, drawn.best, drawn.high) if n is not None]

    assert ends == sorted(ends)
    assert drawn.high is not None or drawn.best is None


@given(keys(), st.randoms(use_true_random=False))
def test_the_order_of_the_figures_does_not_matter(key, random):
    held, metric, day = key
    shuffled = random.sample(held, len(held))

    assert estimate(shuffled, metric, day) == estimate(held, metric, day)
    assert repr(intervals(shuffled, metric)) == repr(intervals(held, metric))


@given(keys(), st.data())
def test_a_subset_never_changes_high_unless_it_lifts_low_above_it(key, data):
    held, metric, day = key
    voices = [figure.claimant for figure in held] or [claims.NGO]
    first_day = min((f.as_of for f in held if f.as_of), default=day)
    part = data.draw(a_figure("part", first_day, voices, scopes=["subset"]))

    before = estimate(held, metric, day)
    after = estimate([*held, replace(part, area="NPL")], metric, day)

    # A high that a low had lifted may fall back: the part may take that low's place.
    claimed = {figure.slug: figure.ceiling for figure in held if not figure.is_subset}
    assume(before.high == claimed.get(before.high_figure))
    assert after.high == before.high or after.high == after.low > (before.high or 0)


@given(keys())
def test_best_is_a_point_that_somebody_gave_or_the_low(key):
    held, metric, day = key

    drawn = estimate(held, metric, day)

    points = {figure.point for figure in held}
    assert drawn.best in points | {drawn.low, None}


@given(keys(metrics=cumulative_metrics))
def test_leaving_out_partys_own_interest_never_raises_a_cumulative_low(key):
    held, metric, day = key
    others = [figure for figure in held if not is_party_word(figure)]

    low, without = (estimate(some, metric, day).low for some in (held, others))

    assert without is None or (low is not None and without <= low)


@given(figure_sets(), cumulative_metrics)
def test_a_cumulative_low_never_falls_unless_revised_down(held, metric):
    stages = [interval.estimate for interval in intervals(held, metric)]

    assert_never_falls(stages)


@given(figure_sets(max_size=4), figure_sets(max_size=4), figure_sets(max_size=4))
def test_a_groups_cumulative_low_never_falls_unless_revised_down(direct, one, other):
    stages = group_intervals(
        intervals(direct, "killed"),
        [("NPL", intervals(one, "killed")), ("IND", intervals(other, "killed"))],
    )

    assert_never_falls([interval.estimate for interval in stages])


def assert_never_falls(stages):
    for before, after in pairwise(stages):
        kept = before.low is None or (after.low is not None and before.low <= after.low)
        assert kept or after.revised_down


@given(keys())
def test_superseded_figures_set_no_best_no_high_and_no_stock(key):
    held, metric, day = key
    drawn = estimate(held, metric, day)
    by_slug = {figure.slug: figure for figure in held}
    setters = {drawn.high_figure, drawn.best_figure}
    if metric in CUMULATIVE:
        setters -= {drawn.low_figure}  # a lifted best or high is the low's
    else:
        setters |= {drawn.low_figure}

    for slug in setters - {None}:
        assert not is_superseded(by_slug[slug], held, day)


def is_superseded(figure, held, day):
    """Say whether a later figure of the same line, that is no restatement, is known."""
    return any(
        other.is_used
        and other.as_of <= day
        and line(other) == line(figure)
        and is_newer(other, figure)
        and not other.bounds.contains(figure.bounds)
        for other in held
    )


@given(keys())
def test_forecasts_and_probable_errors_never_count(key):
    held, metric, day = key
    kept = [f for f in held if f.evidence != "forecast" and f.credibility != 5]

    assert estimate(held, metric, day) == estimate(kept, metric, day)


@given(keys(metrics=stock_metrics))
def test_a_stock_without_a_figure_in_180_days_is_null(key):
    held, metric, day = key
    old = [
        figure
        for figure in held
        if figure.as_of is None or (day - figure.as_of).days > 180 or figure.as_of > day
    ]

    drawn = estimate(old, metric, day)

    assert numbers_of(drawn) == (None, False, None, None, False)
    assert drawn.label == "E"
    assert drawn.reason in {"stale", "no_figure"}


@given(keys(), st.data())
def test_a_figure_given_twice_counts_once(key, data):
    held, metric, day = key
    assume(held)
    again = data.draw(st.sampled_from(held))

    once = estimate(held, metric, day)
    twice = estimate([*held, again], metric, day)
    renamed = estimate([*held, replace(again, slug="again")], metric, day)

    assert twice == once
    assert answer_of(renamed) == answer_of(once)
    assert renamed.origins == once.origins


@given(keys())
def test_what_is_dated_later_changes_nothing_before(key):
    held, metric, day = key
    known = [figure for figure in held if figure.as_of and figure.as_of <= day]

    assert estimate(held, metric, day) == estimate(known, metric, day)


@given(keys())
def test_zero_only_where_somebody_says_zero(key):
    held, metric, day = key
    drawn = estimate(held, metric, day)

    if 0 in (drawn.low, drawn.best, drawn.high):
        assert any(0 in (figure.low, figure.high) for figure in held)


@given(keys())
def test_a_number_names_the_figure_that_it_comes_from(key):
    held, metric, day = key
    drawn = estimate(held, metric, day)

    by_slug = {figure.slug: figure for figure in held}
    for number, slug in [
        (drawn.low, drawn.low_figure),
        (drawn.best, drawn.best_figure),
        (drawn.high, drawn.high_figure),
    ]:
        assert (number is None) == (slug is None)
        if slug and not drawn.low_sum_of:
            assert number in (by_slug[slug].low, by_slug[slug].high)
    assert drawn.low_sum_of == () or drawn.low == sum(
        by_slug[slug].low for slug in drawn.low_sum_of
    )


@given(figure_sets(max_size=5), metrics)
def test_intervals_agree_with_estimating_each_day_anew(held, metric):
    stored = intervals(held, metric)

    for interval in stored:
        for shift in (-1, 0, 1):
            day = interval.from_day + timedelta(days=shift)
            assert on_day(stored, day) == estimate(held, metric, day)


@given(figure_sets(max_size=5), metrics, st.integers(0, 2200))
def test_intervals_agree_with_estimating_any_day(held, metric, after):
    day = date(2021, 12, 1) + timedelta(days=after)

    assert on_day(intervals(held, metric), day) == estimate(held, metric, day)


@given(figure_sets(), metrics)
def test_intervals_follow_each_other_and_each_says_something_new(held, metric):
    stored = intervals(held, metric)

    for one, following in pairwise(stored):
        assert one.from_day < one.to_day == following.from_day
        assert one.estimate != following.estimate
    assert stored == [] or stored[-1].to_day is None


@given(keys(max_size=4), figure_sets(max_size=4), figure_sets(max_size=4))
def test_a_group_is_never_below_its_own_figures_or_its_members(key, one, other):
    held, metric, day = key
    direct = estimate(held, metric, day)
    members = [
        (code, estimate(own, metric, day)) for code, own in [("A", one), ("B", other)]
    ]

    group = with_members(direct, members)

    lows = [member.low for _, member in members if member.low is not None]
    assert group.low == max((direct.low or 0, sum(lows))) or group.low is None
    assert (group.low is None) == (direct.low is None and not lows)
    assert (group.best is None) == (direct.best is None)
    ends = [n for n in (group.low, group.best, group.high) if n is not None]
    assert ends == sorted(ends)
