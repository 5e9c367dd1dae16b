"""A store that speaks S3, reduced to what a deploy asks of it: objects read, put, copied, listed and deleted.

The one module that imports boto3, and only once a store is asked for something. What the store refuses comes as
HostError, in words that have no secret in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from toasoan.deploy.host import HostError
from toasoan.deploy_settings import S3Deploy

AT_ONCE = 16
"""Requests under way."""

MOST_DELETED = 1000
"""Objects in one request to delete; S3 takes no more."""

DIGEST = "toasoan"
"""Under this name an object tells what its body is: S3 keeps it as the header `x-amz-meta-toasoan`."""

ABSENT = "*"
"""As a condition: there must be no such object yet."""

_ANY_REGION = "us-east-1"
"""Where none is named: other stores have none, CloudFront is in all of them, and Amazon S3 answers which it is."""

_CONNECT_SECONDS, _READ_SECONDS, _TRIES = 10, 60, 4
_HEADERS = {"Content-Type": "ContentType", "Cache-Control": "CacheControl", "Content-Encoding": "ContentEncoding"}
_SETTINGS = "see to `bucket`, `endpoint` and `region` in the settings"
_SECRET = re.compile(r"(?i)\b(signature|credential|x-amz-[a-z0-9-]+|authorization|bearer)(\s*[=:]\s*|\s+)\S+")
"""What belongs to a signature, with the word before it."""

_LONGEST = 300
"""Characters of what a store says that are told."""


class NoAnswerError(HostError):
    """The connection was lost, or there never was one: what was asked for may have been done or not."""


class ConditionError(HostError):
    """An object is not what it had to be, so nothing was written."""


class NotSupportedError(HostError):
    """The store does not know what it was asked for."""


@dataclass(frozen=True, slots=True)
class Read:
    """An object with its body."""

    data: bytes
    etag: str
    age: float
    """Seconds since it was written, by the store's own clock."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a store tells of an object without its body."""

    etag: str
    digest: str | None
    """What its body is, if a deploy put it there."""

    headers: Mapping[str, str]


class Store:
    """A bucket, or a folder in it; keys are told without the folder."""

    def __init__(self, settings: S3Deploy) -> None:
        self._bucket = settings.bucket
        self._prefix = f"{settings.prefix}/" if settings.prefix else ""
        self._endpoint = settings.endpoint
        self._region = settings.region
        self._profile = settings.profile
        self._secrets: tuple[str, ...] = ()
        self.client: Any = None
        """The client of boto3, once there is a connection."""

    def connect(self) -> None:
        """Make ready to ask. Raises HostError if boto3 or the keys are missing."""
        if self.client is None:
            self.client = self._client_of("s3", self._endpoint)

    def _client_of(self, service: str, endpoint: str | None) -> Any:
        try:
            import boto3
            from botocore.config import Config
        except ImportError:
            raise HostError("a deploy to an S3 store needs boto3", 'pip install "toasoan[s3]"') from None
        with self._told():
            session = boto3.session.Session(profile_name=self._profile)
            if (keys := session.get_credentials()) is not None:
                self._secrets = tuple(it for it in keys.get_frozen_credentials() if it and len(it) > 3)
            # Checksums only where S3 demands them: stores of other makers refuse those that boto3 adds by itself.
            config = Config(
                connect_timeout=_CONNECT_SECONDS,
                read_timeout=_READ_SECONDS,
                retries={"mode": "standard", "total_max_attempts": _TRIES},
                max_pool_connections=AT_ONCE + 1,
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            )
            try:
                region = self._region or session.region_name or _ANY_REGION
                return session.client(service, endpoint_url=endpoint, region_name=region, config=config)
            except ValueError:
                raise HostError(f"{self.place} is no address of a store", _SETTINGS) from None

    # ---- objects

    def read(self, key: str) -> Read | None:
        """An object with its body; None if there is none. Raises HostError."""
        with self._told():
            try:
                answer = self.client.get_object(Bucket=self._bucket, Key=self._prefix + key)
            except self.client.exceptions.NoSuchKey:
                return None
            data = answer["Body"].read()
        date, written = answer["ResponseMetadata"]["HTTPHeaders"].get("date"), answer.get("LastModified")
        if not date or not written or "ETag" not in answer:
            raise HostError(f"what answers at {self.place} is no store", _SETTINGS)
        return Read(data, answer["ETag"], (parsedate_to_datetime(date) - written).total_seconds())

    def describe(self, key: str) -> Described | None:
        """What the store tells of an object; None if there is none. Raises HostError."""
        from botocore.exceptions import ClientError

        with self._told():
            try:
                answer = self.client.head_object(Bucket=self._bucket, Key=self._prefix + key)
            except ClientError as error:
                if _status(error) == 404:
                    return None
                raise
        metadata = {name.lower(): value for name, value in answer.get("Metadata", {}).items()}
        headers = {name: answer[field] for name, field in _HEADERS.items() if answer.get(field)}
        return Described(answer["ETag"], metadata.get(DIGEST), headers)

    def write(self, key: str, data: bytes, condition: str | None = None) -> str:
        """Put an object of our own and give its ETag.

        The condition is the ETag that the object must have until then, or ABSENT. Raises ConditionError,
        NotSupportedError, HostError.
        """
        wanted = {} if condition is None else {"IfNoneMatch" if condition == ABSENT else "IfMatch": condition}
        with self._told():
            answer = self.client.put_object(
                Bucket=self._bucket,
                Key=self._prefix + key,
                Body=data,
                ContentType="application/octet-stream",
                CacheControl="no-store",
                **wanted,
            )
        return str(answer["ETag"])

    def put(self, key: str, file: Path, digest: str, headers: Mapping[str, str]) -> None:
        """Put a file of the portal, whole or not at all. Raises HostError, OSError."""
        with self._told(), file.open("rb") as body:
            self.client.put_object(
                Bucket=self._bucket, Key=self._prefix + key, Body=body, **_kept_headers(headers, digest)
            )

    def copy(
        self,
        source: str,
        target: str,
        etag: str | None = None,
        digest: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bool:
        """Copy an object within the store; False if there is none, or it has another ETag than the one given.

        Without headers the copy has those of the source. Raises HostError.
        """
        from botocore.exceptions import ClientError

        more: dict[str, Any] = {} if etag is None else {"CopySourceIfMatch": etag}
        if headers is not None and digest is not None:
            more |= {"MetadataDirective": "REPLACE", **_kept_headers(headers, digest)}
        with self._told():
            try:
                self.client.copy_object(
                    Bucket=self._bucket,
                    Key=self._prefix + target,
                    CopySource={"Bucket": self._bucket, "Key": self._prefix + source},
                    **more,
                )
            except ClientError as error:
                if _code(error) == "NoSuchKey" or _status(error) == 412:
                    return False
                raise
        return True

    def keys(self, start: str) -> Iterator[str]:
        """The keys of all objects that begin with a text. Raises HostError."""
        with self._told():
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix + start
            )
            for page in pages:
                yield from (it["Key"].removeprefix(self._prefix) for it in page.get("Contents", ()))

    def delete(self, keys: Iterable[str]) -> None:
        """Delete objects, whether they are there or not. Raises HostError."""
        waiting = iter(keys)
        while some := list(islice(waiting, MOST_DELETED)):
            try:
                self._delete_together(some)
            except NotSupportedError:  # there are stores that delete one by one only
                for key in some:
                    with self._told():
                        self.client.delete_object(Bucket=self._bucket, Key=self._prefix + key)

    def _delete_together(self, keys: Sequence[str]) -> None:
        named = [{"Key": self._prefix + key} for key in keys]
        with self._told():
            answer = self.client.delete_objects(Bucket=self._bucket, Delete={"Objects": named, "Quiet": True})
        for error in answer.get("Errors", ())[:1]:
            raise self._refusal(error.get("Code", ""), 0, error.get("Message", ""))

    # ---- the CDN

    def forget_in_cloudfront(self, distribution: str, paths: Sequence[str], reference: str) -> None:
        """Have a distribution of CloudFront forget what it has at paths. Raises HostError."""
        cdn = self._client_of("cloudfront", None)
        batch = {"Paths": {"Quantity": len(paths), "Items": list(paths)}, "CallerReference": reference}
        with self._told():
            cdn.create_invalidation(DistributionId=distribution, InvalidationBatch=batch)

    # ---- refusals

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What boto3 raises, as a host's refusal: nothing of it is told that may hold a key or a signature."""
        from botocore import exceptions as of
        from botocore.parsers import ResponseParserError

        try:
            yield
        except of.ClientError as error:
            said = error.response.get("Error", {}).get("Message", "")
            raise self._refusal(_code(error), _status(error), said) from None
        except (of.NoCredentialsError, of.PartialCredentialsError):
            raise HostError(
                "there are no keys for the store",
                "boto3 looks for them in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), in ~/.aws/ "
                "(name a `profile`), and for a role of the machine",
            ) from None
        except of.ProfileNotFound:
            raise HostError(
                f"there is no profile {self._profile!r} in ~/.aws/", "`aws configure --profile NAME` makes one"
            ) from None
        except (of.CredentialRetrievalError, of.SSOError, of.TokenRetrievalError) as error:
            raise HostError(
                f"the keys can't be had ({type(error).__name__})", "sign in again: `aws sso login`"
            ) from None
        except (of.ConnectionError, of.HTTPClientError, of.IncompleteReadError) as error:
            raise NoAnswerError(
                f"no answer from {self.place} ({type(error).__name__})",
                "see to the connection, and to `endpoint` in the settings; then deploy again: it goes on",
            ) from None
        except (of.BotoCoreError, ResponseParserError) as error:  # the latter where no store but a web page answers
            raise HostError(f"the store can't be asked ({type(error).__name__})", _SETTINGS) from None

    @property
    def place(self) -> str:
        """Where the store is, for people."""
        return urlsplit(self._endpoint).hostname or "the endpoint" if self._endpoint else "Amazon S3"

    def _refusal(self, code: str, status: int, said: str) -> HostError:
        """What a store's refusal means, and what to do."""
        if status in (409, 412) or code in ("PreconditionFailed", "ConditionalRequestConflict"):
            return ConditionError("somebody else has changed an object of the store meanwhile", "deploy again")
        if status == 501 or code in ("NotImplemented", "MissingContentMD5"):
            return NotSupportedError(f"the store can't do what a deploy asks of it ({code})")
        for codes, message, hint in _REFUSALS:
            if code in codes or (status in codes):
                return HostError(message.format(bucket=self._bucket), hint)
        return HostError(f"the store refuses: {code or status}{self._harmless(said)}")

    def _harmless(self, said: str) -> str:
        """What a store said, without whatever could be a key or a signature of this machine."""
        for secret in self._secrets:
            said = said.replace(secret, "...")
        said = _SECRET.sub(r"\1 ...", said)
        return f": {said[:_LONGEST]}" if said else ""


_REFUSALS: Sequence[tuple[tuple[str | int, ...], str, str]] = (
    (
        ("NoSuchBucket",),
        "there is no bucket {bucket}",
        f"make it, or {_SETTINGS}",
    ),
    (("InvalidBucketName",), "a bucket can't be called {bucket}", "see to `bucket` in the settings"),
    (
        ("InvalidAccessKeyId",),
        "the store does not know the access key",
        "see which keys are used: the environment comes before ~/.aws/; has the key been withdrawn?",
    ),
    (
        ("SignatureDoesNotMatch",),
        "the secret key does not belong to the access key",
        "set both anew; a secret key is often pasted with a blank or without its last letter",
    ),
    (
        ("ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired"),
        "the keys are no longer good",
        "sign in again, or have new keys made",
    ),
    (
        ("RequestTimeTooSkewed",),
        "this machine's clock is wrong, so the store takes no signature of it",
        "set the clock",
    ),
    (
        ("AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException", 301),
        "the bucket {bucket} is in another region",
        "set `region` to the bucket's",
    ),
    (
        ("SlowDown", "ServiceUnavailable", "TooManyRequests", "ThrottlingException", 429, 503),
        "the store asks for patience",
        "deploy again in some minutes: it goes on where it was",
    ),
    (
        ("InsufficientStorage", "XMinioStorageFull", "QuotaExceeded", "QuotaExceededException", 507),
        "the store is full, or the quota is used up",
        "make room, or have more of it; then deploy again: it goes on",
    ),
    (
        ("InternalError", 500, 502, 504),
        "the store has a fault of its own; it may be full",
        "deploy again in some minutes: it goes on where it was",
    ),
    (
        ("AccessDenied", "AllAccessDisabled", "AccountProblem", 401, 403),
        "the store denies access to the bucket {bucket}",
        "the key must be allowed to list the bucket, and to read, put and delete objects in it",
    ),
)


def _code(error: Any) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _status(error: Any) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _kept_headers(headers: Mapping[str, str], digest: str) -> dict[str, Any]:
    """Headers as boto3 wants them, with the word of what the body is."""
    return {**{_HEADERS[name]: value for name, value in headers.items()}, "Metadata": {DIGEST: digest}}
