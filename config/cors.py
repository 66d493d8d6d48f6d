"""Any site may read the API, in the browsers of its own readers."""

from corsheaders.conf import conf
from corsheaders.middleware import CorsMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class OpenCorsMiddleware(CorsMiddleware):
    """Tell everybody the same, so that a shared cache needs one copy, not one a site.

    The library tells it only to those who name an origin, and marks answers with
    "Vary: Origin". Caches that do not heed that would give a site the copy without it.
    """

    def add_response_headers(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if self.is_enabled(request):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = ", ".join(
                conf.CORS_EXPOSE_HEADERS
            )
            if request.method == "OPTIONS":
                response["Access-Control-Allow-Methods"] = ", ".join(
                    conf.CORS_ALLOW_METHODS
                )
                response["Access-Control-Allow-Headers"] = ", ".join(
                    conf.CORS_ALLOW_HEADERS
                )
                response["Access-Control-Max-Age"] = str(conf.CORS_PREFLIGHT_MAX_AGE)
        return response
