"""Who sees a page of the desk. What may be decided is checked where it is decided."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

type_view = Callable[..., HttpResponseBase]


def needs(permission: str = "see_desk") -> Callable[[type_view], type_view]:
    """Let in who has a permission; send the others to log in, or say that they may not."""

    def guard(view: type_view) -> type_view:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                is_page = request.method in ("GET", "HEAD")
                back = request.get_full_path() if is_page else reverse("desk:queue")
                return redirect_to_login(back)
            if not request.user.has_perm(f"recruitment.{permission}"):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def person_of(request: HttpRequest) -> User:
    """Give who is logged in, on a page that lets in nobody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
