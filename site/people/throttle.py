"""Throttle failed sign-ins, wrong codes and the mails that anybody can have sent.

By the address alone, anybody could lock a minister out by typing it ten times. So failures count for an
address **from one network**. Those from everywhere count in a slower limit. It does not apply to a network
from which the person has signed in lately. It stores keyed hashes of the address and of the network, only as
long as they count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from people.models import SignInTry, User


@dataclass(frozen=True)
class Limit:
    """So many failures within so long, and no more tries until the oldest of them is older than that."""

    most: int
    within: timedelta


HERE = Limit(10, timedelta(minutes=15))
"""For one address from one network."""
EVERYWHERE = Limit(60, timedelta(hours=1))
"""For one address from all networks together: who guesses from many gets no further."""
NETWORK = Limit(100, timedelta(minutes=15))
"""For one network over all addresses: who tries one password on everybody."""
CODES = Limit(8, timedelta(minutes=15))
"""Wrong codes of one person's second factor from one network: only who knows the password gets so far."""
CODES_EVERYWHERE = Limit(40, timedelta(hours=1))
"""The same from all networks; it does not apply to a network from which the person has signed in lately."""
MAILS_HERE = Limit(5, timedelta(hours=1))
MAILS_EVERYWHERE = Limit(15, timedelta(hours=1))
MAILS_NETWORK = Limit(60, timedelta(hours=1))
"""Mails to one address for one network, for all networks; and for one network to all addresses."""
KNOWN_FOR = timedelta(days=30)
"""How long a network counts as the person's own after a sign-in."""


def network_of(request: HttpRequest | None) -> str:
    """The network of a request: an IPv4 address or an IPv6 /64; "" where unknown.

    Behind ``KODEKS_PROXIES`` proxies it is what the outermost saw; the sender wrote the rest of
    X-Forwarded-For.
    """
    if request is None:
        return ""
    forwarded = str(request.META.get("REMOTE_ADDR", ""))
    if settings.KODEKS_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        forwarded = hops[-settings.KODEKS_PROXIES] if len(hops) >= settings.KODEKS_PROXIES else forwarded
    try:
        address = ip_address(forwarded)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network(f"{address}/64", strict=False))
    return str(address)


def _who(email: str, kind: str = "") -> str:
    return salted_hmac("people.throttle.who", kind + email.strip().lower(), algorithm="sha256").hexdigest()


def _where(network: str, kind: str = "") -> str:
    return salted_hmac("people.throttle.where", kind + network, algorithm="sha256").hexdigest()


def _in_turn(who: str) -> None:
    """Makes tries for one address wait for each other, until the end of the transaction: parallel ones would
    all be below the limit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(who[:15], 16)])


def _first_over(limits: Iterable[tuple[Limit, Q]]) -> timedelta | None:
    failed = SignInTry.objects.filter(failed=True)
    for limit, same in limits:
        if failed.filter(same, at__gt=timezone.now() - limit.within).count() >= limit.most:
            return limit.within
    return None


def wait_for(email: str, network: str) -> timedelta | None:
    """How long nobody may try this address from this network; None where they may."""
    who, where = _who(email), _where(network)
    if connection.in_atomic_block:
        _in_turn(who)
    limits = [(HERE, Q(who=who, where=where))]
    if not _is_known(email, network):
        limits += [(EVERYWHERE, Q(who=who)), (NETWORK, Q(where=where))]
    return _first_over(limits)


def _is_known(email: str, network: str) -> bool:
    """Whether the person has signed in from this network lately."""
    own = SignInTry.objects.filter(failed=False, who=_who(email), where=_where(network))
    return own.filter(at__gt=timezone.now() - KNOWN_FOR).exists()


def take_code(user: User, network: str) -> bool:
    """Whether one more code of the second factor may be tried. In a transaction: tries wait for each
    other."""
    who = _who(str(user.pk), "code:")
    _in_turn(who)
    limits = [(CODES, Q(who=who, where=_where(network, "code:")))]
    if not _is_known(user.email, network):
        limits.append((CODES_EVERYWHERE, Q(who=who)))
    return _first_over(limits) is None


def wrong_code(user: User, network: str) -> None:
    """Counts a wrong code."""
    forget()
    SignInTry.objects.create(who=_who(str(user.pk), "code:"), where=_where(network, "code:"), failed=True)


def take_mail(email: str, network: str) -> bool:
    """Whether one more mail may be sent to an address that somebody typed; counts it."""
    who, where = _who(email, "mail:"), _where(network, "mail:")
    limits = (
        (MAILS_HERE, Q(who=who, where=where)),
        (MAILS_EVERYWHERE, Q(who=who)),
        (MAILS_NETWORK, Q(where=where)),
    )
    with transaction.atomic():
        _in_turn(who)
        if _first_over(limits) is not None:
            return False
        forget()
        SignInTry.objects.create(who=who, where=where, failed=True)
    return True


def failure(email: str, network: str) -> None:
    """Counts a failed sign-in."""
    forget()
    SignInTry.objects.create(who=_who(email), where=_where(network), failed=True)


def success(email: str, network: str) -> None:
    """Signed in from this network: forget their failures there, and note the network as theirs."""
    forget()
    own = SignInTry.objects.filter(who=_who(email), where=_where(network))
    own.delete()
    SignInTry.objects.create(who=_who(email), where=_where(network), failed=False)


def pardon(email: str) -> None:
    """Forgets all failures for an address: its owner has set a new password by mail."""
    SignInTry.objects.filter(who=_who(email), failed=True).delete()


def forget() -> None:
    """Removes what no limit counts any more. The worker does it every hour too, for when nobody signs in."""
    longest = max(limit.within for limit in (HERE, EVERYWHERE, NETWORK, MAILS_HERE))
    now = timezone.now()
    SignInTry.objects.filter(
        Q(failed=True, at__lte=now - longest) | Q(failed=False, at__lte=now - KNOWN_FOR)
    ).delete()
