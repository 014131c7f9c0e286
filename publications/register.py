"""The register: every publication in order, each line holding the hash of the one before.

A leaf names what was published by number, id and salted hash; it holds no word that
anybody wrote and no person's name, so that it can stay when the law orders bytes erased.
"""

import hashlib
import secrets

import rfc8785
from django.db import connection

from publications.models import Edition, RegisterEntry, Rendition

ROOT = "0" * 64
# Any number, as long as nothing else in this database locks by it.
LOCK = 8_214_007


def wait_for_turn() -> None:
    """Until this transaction ends, nobody else adds to the register.

    SQLite's transactions are IMMEDIATE and take turns by themselves.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def new_salt() -> str:
    return secrets.token_hex(16)


def commitment(salt: str, name: str, sha256: str) -> str:
    """SHA-256 of "salt:name:sha256": shows later what was published, and tells nobody before."""
    return hashlib.sha256(f"{salt}:{name}:{sha256}".encode()).hexdigest()


def leaf_of(edition: Edition, renditions: list[Rendition], *, seq: int, previous: str) -> bytes:
    """One line of the register, as canonical JSON."""
    hashes = {"notes": edition.sha256} | {rendition.format: rendition.sha256 for rendition in renditions}
    return rfc8785.dumps(
        {
            "seq": seq,
            "kind": edition.kind,
            "meeting": str(edition.meeting.meeting) if edition.meeting else None,
            "language": edition.language,
            "edition": edition.number,
            "time": edition.published_at.isoformat(),
            "commitments": {name: commitment(edition.salt, name, sha256) for name, sha256 in hashes.items()},
            "previous": previous,
        }
    )


def add(edition: Edition, renditions: list[Rendition]) -> RegisterEntry:
    """Write the next line; only after `wait_for_turn`, in the same transaction."""
    last = RegisterEntry.objects.last()
    seq = last.seq + 1 if last else 1
    leaf = leaf_of(edition, renditions, seq=seq, previous=last.sha256 if last else ROOT)
    return RegisterEntry.objects.create(
        seq=seq, leaf=leaf, sha256=hashlib.sha256(leaf).hexdigest(), edition=edition
    )


def faults() -> list[str]:
    """What does not add up between the register and what is stored; an empty list is the good answer."""
    found, previous = [], ROOT
    entries = RegisterEntry.objects.select_related("edition__meeting").prefetch_related("edition__renditions")
    for place, entry in enumerate(entries.iterator(chunk_size=50), 1):
        found += [f"Line {entry.seq}: {fault}" for fault in faults_of(entry, place, previous)]
        previous = entry.sha256
    return found


def faults_of(entry: RegisterEntry, place: int, previous: str) -> list[str]:
    edition, leaf = entry.edition, bytes(entry.leaf)
    renditions = list(edition.renditions.all())
    checks = {
        "its number is out of order": entry.seq == place,
        "its hash is not that of its leaf": hashlib.sha256(leaf).hexdigest() == entry.sha256,
        "its leaf does not describe its edition": leaf
        == leaf_of(edition, renditions, seq=entry.seq, previous=previous),
        "the notes are not those that were published": hashlib.sha256(bytes(edition.notes)).hexdigest()
        == edition.sha256,
        "a rendition is not the one that was published": all(
            hashlib.sha256(bytes(rendition.content)).hexdigest() == rendition.sha256
            for rendition in renditions
        ),
    }
    return [words for words, holds in checks.items() if not holds]
