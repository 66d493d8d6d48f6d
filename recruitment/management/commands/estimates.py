import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recruitment import estimates
from recruitment.choices import Policy
from recruitment.models import Estimate, Figure
from recruitment.past import estimates_known_at

ENDS = ("low_figure", "best_figure", "high_figure", "last_known_figure")
NUMBERS = ("low", "best", "high", "high_open", "label", "reason")


class Command(BaseCommand):
    help = "Print every estimate of a day as JSON Lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as-of",
            type=_day,
            metavar="DAY",
            help="The day, as 2025-11-30; the record's latest unless said.",
        )
        parser.add_argument(
            "--policy",
            choices=Policy.values,
            default=Policy.ALL.value,
            help="Which figures may count.",
        )
        parser.add_argument(
            "--known-at",
            type=_day,
            metavar="DAY",
            help="Use only what the record held at the end of this day (UTC).",
        )

    def handle(
        self,
        *,
        as_of: date | None,
        policy: str,
        known_at: date | None,
        **options: Any,
    ) -> None:
        if known_at and known_at > datetime.now(UTC).date():
            raise CommandError(f"{known_at} has not come yet.")
        day = as_of or Figure.objects.latest_day()
        lines = _known(known_at, day, policy) if known_at else _stored(day, policy)
        for line in lines:
            self.stdout.write(json.dumps(line, ensure_ascii=False))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is no day: {error}") from error


def _stored(day: date, policy: str) -> Iterator[dict[str, Any]]:
    """Give every key that the record ever counts; empty where nothing holds that day."""
    held = {
        (one.country_id, one.side, one.metric): one
        for one in Estimate.objects.as_of(day).under(policy)
    }
    counted = Figure.objects.published().counting(estimates.ESTIMATED)
    keys = {*counted.values_list("country__code", "side", "metric")}
    keys |= {*Estimate.objects.values_list("country_id", "side", "metric")}
    for key in sorted(keys):
        one = held.get(key)
        ends = [getattr(one, f"{end}_id") for end in ENDS] if one else []
        yield _line(key, one or estimates.Estimate(), ends)


def _known(known_at: date, day: date, policy: str) -> Iterator[dict[str, Any]]:
    moment = datetime.combine(known_at, time.max, UTC)
    for key, one in sorted(estimates_known_at(moment, day, policy).items()):
        yield _line(key, one, [getattr(one, end) for end in ENDS])


def _line(key: Iterable[str], one: Any, ends: list[str | None]) -> dict[str, Any]:
    country, side, metric = key
    used = sorted({*filter(None, ends), *one.low_sum_of})
    numbers = {name: getattr(one, name) for name in NUMBERS}
    return {
        "country": country,
        "metric": metric,
        "side": side,
        **numbers,
        "figures_used": used,
    }
