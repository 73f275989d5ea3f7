"""An S3-compatible store: moto's server, which keeps its buckets in memory."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any

import boto3

from tests.support.services.processes import Server, answers, free_port, start_server, temporary_folder


@dataclass(frozen=True)
class Storage:
    """A running store with one bucket."""

    server: Server
    endpoint: str
    bucket: str = "kodeks"
    access_key: str = "kodeks-tests"
    secret_key: str = "kodeks-tests-secret"
    region: str = "eu-central-1"

    def client(self) -> Any:
        """A boto3 client for this store."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            region_name=self.region,
        )

    def stop(self) -> None:
        self.server.stop()


def start() -> Storage:
    """Start the store and make its bucket. Raises RuntimeError when it does not come up."""
    port = free_port()
    folder = temporary_folder("storage")
    server = start_server(
        "storage",
        [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)],
        ready=lambda: answers(port),
        folder=folder,
        timeout=60,
        env=dict(os.environ),
    )
    storage = Storage(server, f"http://127.0.0.1:{port}")
    storage.client().create_bucket(
        Bucket=storage.bucket, CreateBucketConfiguration={"LocationConstraint": storage.region}
    )
    return storage
