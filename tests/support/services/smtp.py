"""A mail server that keeps what it is sent.

Written here because the common package for it brings a module named `public`, which would hide the site's
own.
"""

from __future__ import annotations

import email
import re
import socketserver
import threading
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

ADDRESS = re.compile(rb"<([^<>]*)>")


@dataclass(frozen=True)
class Mail:
    """One mail as it arrived: the addresses of the envelope, and the message."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage


class _Conversation(socketserver.StreamRequestHandler):
    """One client, by the minimum that RFC 5321 asks of a server."""

    timeout = 30
    server: _Server

    def handle(self) -> None:
        self.sender, self.recipients = "", list[str]()
        self._say("220 kodeks.test ready")
        while line := self.rfile.readline(2048):
            verb = line[:4].upper().strip()
            if verb == b"QUIT":
                self._say("221 Bye")
                return
            self._answer(verb, line)

    def _answer(self, verb: bytes, line: bytes) -> None:
        found = ADDRESS.search(line)
        address = found.group(1).decode() if found else ""
        if verb in {b"EHLO", b"HELO", b"NOOP"}:
            self._say("250 kodeks.test")
        elif verb == b"RSET":
            self._reset()
            self._say("250 Forgotten")
        elif verb == b"MAIL":
            self._reset()
            self.sender = address
            self._say("250 Noted")
        elif verb == b"RCPT":
            self.recipients.append(address)
            self._say("250 Noted")
        elif verb == b"DATA" and self.recipients:
            self._say("354 Until a dot alone")
            self._keep(self._text())
            self._reset()
            self._say("250 Kept")
        else:
            self._say("503 Not now" if verb == b"DATA" else "502 Not known here")

    def _text(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def _keep(self, text: bytes) -> None:
        message = email.message_from_bytes(text, policy=default)
        assert isinstance(message, EmailMessage)
        self.server.mails.append(Mail(self.sender, tuple(self.recipients), message))

    def _reset(self) -> None:
        self.sender, self.recipients = "", []

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, mails: list[Mail]) -> None:
        self.mails = mails
        super().__init__(("127.0.0.1", 0), _Conversation)


@dataclass
class Mailbox:
    """A running mail server. `mails` has everything that it was sent since `clear()`."""

    server: _Server = field(repr=False)
    mails: list[Mail]

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    @property
    def url(self) -> str:
        """The address, as KODEKS_SMTP_URL takes it."""
        return f"smtp://127.0.0.1:{self.port}"

    def wait_for(self, count: int, *, timeout: float = 20) -> list[Mail]:
        """The mails, once there are `count` of them. Raises AssertionError after `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while len(self.mails) < count:
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"{len(self.mails)} mails arrived within {timeout:.0f} seconds, not {count}."
                )
            time.sleep(0.05)
        return list(self.mails)

    def clear(self) -> None:
        self.mails.clear()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def start() -> Mailbox:
    """Start a mail server on a free local port."""
    mails: list[Mail] = []
    server = _Server(mails)
    threading.Thread(target=server.serve_forever, name="smtp", daemon=True).start()
    return Mailbox(server, mails)
