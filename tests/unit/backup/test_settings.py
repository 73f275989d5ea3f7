"""A backup names settings, and no secret with them."""

from __future__ import annotations

from backup.take import without_secrets


def test_settings_are_written_by_name_and_addresses_without_what_is_secret() -> None:
    written = {
        "KODEKS_PUBLIC_URL": ("https://kodeks.example", "https://kodeks.example"),
        "KODEKS_MAIL_FROM": ("Kodeks <no-reply@kodeks.example>", "Kodeks <no-reply@kodeks.example>"),
        "KODEKS_SEAL_STAMPS": ("https://me:pa/ss@word@tsa.example/x", "https://tsa.example/x"),
        "KODEKS_S3_ENDPOINT": ("http://me:pw@s3.example:9000", "http://s3.example:9000"),
        "KODEKS_OIDC_MK_URL": ("https://me:pw@login.example", "https://login.example"),
        "KODEKS_OIDC_MK_DOMAINS": ("mvr.gov.mk=mk-interior", "mvr.gov.mk=mk-interior"),
    }
    secret = (
        "KODEKS_SECRET_KEY", "KODEKS_DATABASE_URL", "KODEKS_SMTP_URL", "KODEKS_SEARCH_URL", "KODEKS_SEAL_KEY",
        "KODEKS_SEAL_PASSWORD_FILE", "KODEKS_S3_SECRET_KEY", "KODEKS_S3_ACCESS_KEY", "KODEKS_OIDC_MK_SECRET",
        "KODEKS_OF_TOMORROW", "PATH",
    )  # fmt: skip
    given = {name: value for name, (value, _shown) in written.items()} | dict.fromkeys(secret, "pw")
    assert without_secrets(given) == {name: shown for name, (_value, shown) in written.items()}
