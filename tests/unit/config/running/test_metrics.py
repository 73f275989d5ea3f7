"""Measurements are given to whoever comes by the inner socket, whatever a header says."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

from django.conf import LazySettings

from config.running.metrics import with_metrics


def test_the_socket_decides_and_no_header(settings: LazySettings, tmp_path: Path) -> None:
    def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        return [b"site"]

    with (
        socket.create_server(("127.0.0.1", 0)) as inner,
        socket.create_server(("127.0.0.1", 0)) as outer,
        socket.socket(socket.AF_UNIX) as local,
    ):
        local.bind(str(tmp_path / "kodeks.sock"))
        port = inner.getsockname()[1]
        settings.KODEKS_METRICS_ADDRESS = f"127.0.0.1:{port}"
        application = with_metrics(site)

        def ask(**environ: Any) -> bytes:
            what = {"PATH_INFO": "/x", "REQUEST_METHOD": "GET", "SERVER_PORT": str(port)}
            return b"".join(application(what | environ, lambda *_: None))

        assert ask(**{"gunicorn.socket": inner}) == b"There is only GET /metrics.\n"
        for other in (outer, local, None):
            assert ask(**{"gunicorn.socket": other}) == b"site"
