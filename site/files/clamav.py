"""Ask ClamAV's daemon about a file, by its own protocol (man clamd: INSTREAM)."""

from __future__ import annotations

import socket
import struct
from typing import IO

PIECE = 128 * 1024
CONNECTS, ANSWERS = 5.0, 25.0
"""Seconds. A web process is ended after 30."""


class ScannerAway(Exception):
    """The scanner does not answer, or not about this file. Its text is for the log."""


def connect(address: str) -> socket.socket:
    """``address``: tcp://host:port, or the path of a socket. Raises OSError."""
    if address.startswith("tcp://"):
        host, _, port = address.removeprefix("tcp://").rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), CONNECTS)
    found = socket.socket(socket.AF_UNIX)
    found.settimeout(CONNECTS)
    try:
        found.connect(address.removeprefix("unix:"))
    except OSError:
        found.close()
        raise
    return found


def scan(address: str, file: IO[bytes]) -> str:
    """The name of what was found in a file, or nothing. The file is left at its beginning. Raises
    ScannerAway: then nobody knows what is in it."""
    file.seek(0)
    try:
        with connect(address) as stream:
            stream.settimeout(ANSWERS)
            stream.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                stream.sendall(struct.pack("!I", len(piece)) + piece)
            stream.sendall(struct.pack("!I", 0))
            answer = _answer(stream)
    except (OSError, ValueError) as problem:
        raise ScannerAway(str(problem)) from problem
    finally:
        file.seek(0)
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")[:100]
    raise ScannerAway(answer[:200])


def answers(address: str) -> bool:
    """Whether a scanner is there."""
    try:
        with connect(address) as stream:
            stream.sendall(b"zPING\0")
            return _answer(stream) == "PONG"
    except (OSError, ValueError):
        return False


def _answer(stream: socket.socket) -> str:
    data = b""
    while not data.endswith(b"\0") and len(data) < 4096 and (piece := stream.recv(4096)):
        data += piece
    return data.rstrip(b"\0").decode("utf-8", errors="replace").strip()
