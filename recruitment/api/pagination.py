"""Pages by cursor, in the order of the public id: no row is lost or shown twice."""

import re
from contextlib import suppress

from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

PAGE_SIZE = 50
MAX_PAGE_SIZE = 500


class PublicIdPagination(CursorPagination):
    """Order by the view's `lookup_field`, which is unique."""

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = MAX_PAGE_SIZE

    def get_ordering(self, request, queryset, view):
        return (view.lookup_field,)

    def get_page_size(self, request: Request) -> int:
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return PAGE_SIZE
        # Three digits first: int() fails on a number of thousands of digits.
        if not re.fullmatch("[1-9][0-9]{0,2}", asked) or int(asked) > MAX_PAGE_SIZE:
            message = f"Give a whole number from 1 to {MAX_PAGE_SIZE}."
            raise ValidationError({self.page_size_query_param: [message]})
        return int(asked)

    def decode_cursor(self, request):
        with suppress(NotFound):
            cursor = super().decode_cursor(request)
            # Ours always hold a position; PostgreSQL fails on text with a NUL byte.
            if cursor is None or "\0" not in str(cursor.position or "\0"):
                return cursor
        message = "Take the cursor from `next` or `previous` of another page."
        raise ValidationError({self.cursor_query_param: [message]})
