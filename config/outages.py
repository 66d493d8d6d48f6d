"""A store that readers can do without: when it does not answer, they go on."""

import logging
from time import monotonic

logger = logging.getLogger(__name__)

SECONDS_LEFT_ALONE = 5.0
# Local stores answer within a millisecond; nobody should wait long for one that is ill.
SECONDS_TO_ANSWER = 0.25


class Outage:
    """Whether a store failed just now; it is left alone then, so that nobody waits."""

    def __init__(self, store: str) -> None:
        self.store = store
        self.until = 0.0

    def is_on(self) -> bool:
        return monotonic() < self.until

    def begin(self, error: Exception) -> None:
        self.until = monotonic() + SECONDS_LEFT_ALONE
        logger.error("%s does not answer: %s", self.store, error)
