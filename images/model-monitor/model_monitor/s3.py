"""Objects in S3 as files. Region and credentials are those of the pod; none are configured."""

import io
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config as ClientConfig
from botocore.exceptions import BotoCoreError, ClientError

S3_ERRORS = (BotoCoreError, ClientError)


@cache
def client() -> Any:
    """The client, made when it is first needed."""
    settings = ClientConfig(retries={"mode": "standard", "max_attempts": 5}, connect_timeout=10, read_timeout=60)
    return boto3.client("s3", config=settings)


def split(uri: str) -> tuple[str, str]:
    """Bucket and key of `s3://bucket/key`."""
    parts = urlsplit(uri)
    return parts.netloc, parts.path.lstrip("/")


def reason(error: Exception) -> str:
    """Why a request failed, in the words of S3's own code, such as `AccessDenied`."""
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "unknown error"))
    return type(error).__name__


class ObjectFile(io.RawIOBase):
    """An object that is read in pieces, as it was when it was listed: one that is written anew meanwhile fails."""

    def __init__(self, bucket: str, key: str, size: int, etag: str) -> None:
        super().__init__()
        self._bucket, self._key, self._size, self._etag = bucket, key, size, etag
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: Any) -> int:
        wanted = min(len(buffer), self._size - self._position)
        if wanted <= 0:
            return 0
        span = f"bytes={self._position}-{self._position + wanted - 1}"
        answer = client().get_object(Bucket=self._bucket, Key=self._key, Range=span, IfMatch=self._etag)
        piece = answer["Body"].read()
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)
