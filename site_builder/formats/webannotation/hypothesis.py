"""Converts annotations in the format of Hypothesis to Web Annotations.

Two files have the same records: the export of the client (``annotations``) and the response of the API
(``rows``); see https://h.readthedocs.io/en/latest/api-reference/ and the export of the client.  A record has
``uri``, ``user`` (``acct:NAME@AUTHORITY``), ``text``, ``tags``, and ``target`` with the selectors of the Web
Annotation Data Model.  A reply names in ``references`` the annotations that it answers.
"""

from __future__ import annotations

from typing import Any

from site_builder.formats.webannotation.values import many

_OWN = ("uri", "user", "tags", "text", "references", "group", "permissions")


def is_record(record: dict[str, Any]) -> bool:
    """Whether a record is in the format of Hypothesis: a Web Annotation has a body and lacks these keys.

    It must lack ``body`` and have two or more of ``uri``, ``user``, ``tags``, ``text``, ``references``,
    ``group`` and ``permissions``.  Their values are not checked.
    """
    return "body" not in record and sum(key in record for key in _OWN) >= 2


def is_reply(record: object) -> bool:
    """Whether a record is a reply to another one: its ``references`` are not empty.  Any other value gives
    false.
    """
    return isinstance(record, dict) and bool(record.get("references"))


def annotation(record: dict[str, Any]) -> dict[str, Any]:
    """The record as a Web Annotation: each tag is a tagging body, the text is a comment.

    Only ``id``, ``creator``, ``body`` and ``target`` are given; ``group``, ``permissions`` and dates are
    dropped.  A body has ``purpose`` (``tagging``, or ``commenting`` for the text, which is last) and
    ``value``, and no other key.  A value that is no list is one value: ``"tags": "a"`` gives one body, and so
    does the text ``""``.

    A target without a source has the ``uri`` of the record; a record without a target, or with ``[]``, has
    the one target ``{"source": uri}``.  ``id``, ``creator`` and ``uri`` are ``None`` if they are missing,
    ``body`` is ``[]`` without tags and text; nothing is checked.
    """
    bodies = [{"purpose": "tagging", "value": tag} for tag in many(record.get("tags"))]
    bodies += [{"purpose": "commenting", "value": text} for text in many(record.get("text"))]
    targets = [_target(one, record.get("uri")) for one in many(record.get("target")) or [{}]]
    return {"id": record.get("id"), "creator": record.get("user"), "body": bodies, "target": targets}


def _target(target: object, uri: object) -> object:
    if isinstance(target, dict) and target.get("source") is None:
        return {**target, "source": uri}
    return target
