"""A real web server on this machine that answers as it is told, however wrong that is."""

import socket
import socketserver
import ssl
import threading
from contextlib import contextmanager

from recruitment.fetching import Fetcher

OURS = "127.0.0.1"
AGENT = "Muster (corrections@muster.example)"
HTML = "text/html; charset=utf-8"


def answer(body=b"<p>A page.</p>", status="200 OK", content_type=HTML, **headers):
    """Give a whole answer as a server sends it."""
    given = {"Content-Type": content_type, "Content-Length": len(body)}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}\r\n" for name, value in given.items()]
    return f"HTTP/1.1 {status}\r\n{''.join(lines)}\r\n".encode() + body


def redirect(location, status="302 Found", **headers):
    return answer(b"", status, Location=location, **headers)


class Server(socketserver.ThreadingTCPServer):
    """Sends what `answers` hold for a path: bytes, or pieces one after the other."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, tls=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = {}
        self.requests = []
        self.connections = 0
        self.tls = tls
        self.stopped = threading.Event()

    @property
    def port(self):
        return self.server_address[1]

    def get_request(self):
        connection, address = super().get_request()
        self.connections += 1
        return connection, address

    def handle_error(self, request, client_address):
        """Say nothing: that a client goes away is what many a test wants to see."""


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        connection = self.request
        if self.server.tls:
            connection = self.server.tls.wrap_socket(connection, server_side=True)
        with connection, connection.makefile("rb") as lines:
            head = b"".join(iter(lines.readline, b"\r\n")).decode()
            self.server.requests.append(head)
            path = head.split()[1]
            given = self.server.answers.get(path, answer(status="404 Not Found"))
            for piece in [given] if isinstance(given, bytes) else given:
                connection.sendall(piece)


@contextmanager
def serving(tls=None):
    with Server(tls) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield server
        server.stopped.set()
        server.shutdown()
        thread.join()


def tls_of(certificate):
    """Give the server's side of TLS for a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


class Names:
    """Looks up the names that a test gives; an address is its own."""

    def __init__(self, names):
        self.names, self.asked = names, []

    def __call__(self, host, port, **options):
        self.asked.append(host)
        flags = 0 if host in self.names else socket.AI_NUMERICHOST
        return [
            found
            for address in self.names.get(host, [host])
            for found in socket.getaddrinfo(address, port, flags=flags, **options)
        ]


def fetcher(server, names=(), **changes):
    """Give a fetcher that takes the one address and port of our server for public."""
    given = {
        "ports": frozenset({server.port}),
        "is_allowed": lambda address: str(address) == OURS,
        "resolve": Names({"news.example": [OURS]} | dict(names)),
    }
    return Fetcher(AGENT, **given | changes)


def url(server, path="/", host="news.example"):
    return f"http://{host}:{server.port}{path}"
