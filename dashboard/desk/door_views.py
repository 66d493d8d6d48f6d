"""Logging in and out, and changing one's password."""

from __future__ import annotations

from functools import cache
from math import ceil
from typing import Any

from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from config.throttling import Attempts
from dashboard.desk.access import needs

attempts = cache(Attempts)


class LoginView(views.LoginView):
    """Let somebody in; a few wrong guesses are a typing mistake, more are an attack."""

    template_name = "desk/login.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("username", "")
        if seconds := attempts().seconds_to_wait(request, name):
            return self._refuse(name, seconds)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def _refuse(self, name: str, seconds: int) -> HttpResponse:
        # A form that is not bound: the password is not even looked at.
        form = AuthenticationForm(self.request, initial={"username": name})
        context = self.get_context_data(form=form, minutes=ceil(seconds / 60))
        return self.response_class(
            self.request,
            self.get_template_names(),
            context,
            status=429,
            headers={"Retry-After": str(seconds)},
        )


class PasswordView(views.PasswordChangeView):
    template_name = "desk/password.html"
    success_url = reverse_lazy("desk:queue")


login = LoginView.as_view()
logout = views.LogoutView.as_view(next_page=reverse_lazy("overview"))
password = needs()(PasswordView.as_view())
