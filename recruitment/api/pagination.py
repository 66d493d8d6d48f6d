"""Pages by cursor, in the order of the public id: no row is lost or shown twice."""

from rest_framework.exceptions import ValidationError
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
        if not asked.isascii() or not asked.isdigit():
            asked = "0"
        if not 1 <= int(asked) <= MAX_PAGE_SIZE:
            message = f"Give a whole number from 1 to {MAX_PAGE_SIZE}."
            raise ValidationError({self.page_size_query_param: [message]})
        return int(asked)
