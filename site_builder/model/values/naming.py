"""Ids, and names of works and coders: both become addresses and names of files."""

from __future__ import annotations

import re

from site_builder.model.values import filenames

ID = r"[A-Za-z][A-Za-z0-9-]*"
"""The pattern of an id: a letter of ASCII, then letters, digits and hyphens."""
LONGEST = 64
"""Maximum length of an id or a name in characters.  Every disk can hold a path of three of them."""

_NAME = re.compile(r"[^\W_](?:[\w.-]*[\w-])?")
_LANGUAGES = frozenset(
    re.findall(
        "[a-z]+",
        """
        aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
        dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id
        ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu
        lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu
        rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr
        ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
        """,
    )
)
"""ISO 639-1."""
_TAG = re.compile(r"(?:[a-z]{2,3})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?", re.I)


def language_tag(tag: str) -> str:
    """A language tag in the usual case (RFC 5646, 2.1.1): ``ZH-hant`` → ``zh-Hant``, ``PT-br`` → ``pt-BR``.

    Whether it is a language tag is not checked; ``""`` stays.
    """
    language, *rest = tag.split("-")
    parts = (part.title() if len(part) == 4 else part.upper() for part in rest)
    return "-".join((language.lower(), *parts))


def form_fault(id_: str) -> tuple[str, str]:
    """Message and hint for an id that has another form than a letter and letters, digits and hyphens.

    The id is not checked: a correct one gets a message too.  The hint is the nearest correct id
    (``write {#a-b}`` for ``1 a b``), or an example if the id has no Latin letter.

    The message is ``an id must be a letter followed by letters, digits and hyphens, not '1 a b'``.
    """
    fixed = re.sub(r"[^A-Za-z0-9]+", "-", re.sub(r"^[^A-Za-z]+", "", id_)).strip("-")
    hint = f"write {{#{fixed}}}" if fixed else "write an id such as {#p1}"
    return f"an id must be a letter followed by letters, digits and hyphens, not '{id_}'", hint


def length_fault(id_: str) -> tuple[str, str] | None:
    """Message and hint if an id has more than 64 characters (:data:`LONGEST`), else ``None``.  Its form is
    not checked.

    The hint proposes the first 20 characters, without hyphens at the end:
    ``use a shorter id, for example water-water-water-wa``.
    """
    if len(id_) <= LONGEST:
        return None
    return (
        f"an id must have at most {LONGEST} characters, not {len(id_)}",
        f"use a shorter id, for example {id_[:20].rstrip('-')}",
    )


def file_fault(id_: str) -> tuple[str, str] | None:
    """Message and hint if an id cannot be the name of a file or is too long, else ``None``.

    A reserved name of Windows (``con``) cannot be the name of a file; the hint is then ``write {#con-1}``.  A
    long id has the message and hint of :func:`length_fault`.
    """
    if filenames.is_device(id_):
        return f"the id '{id_}' is a reserved file name on Windows", f"write {{#{id_}-1}}"
    return length_fault(id_)


def is_language(name: str) -> bool:
    """Whether a name is a language tag (BCP 47), with or without script and region: ``en``, ``zh-Hans``.

    The views of a site are in folders that have the names of languages.  A language alone must be one of the
    two-letter codes of ISO 639-1; with a script or region, any two or three letters are accepted.  Case does
    not matter.
    """
    language, _, rest = name.lower().partition("-")
    return _TAG.fullmatch(name) is not None and (language in _LANGUAGES or bool(rest))


def name_fault(name: str) -> str:
    """Why a work or coder cannot have a name, or ``""`` if it can.

    A name may have letters and digits of any script, and ``-``, ``_`` and ``.`` after the first of them; its
    last character may be ``-`` or ``_``, not ``.``.  An empty name,
    a reserved name of Windows and an ending like ``.md`` (a dot and one to six Latin letters) are faults.
    Names that the site needs for its own pages are not checked here.

    A name has at most 64 characters.  The reason is the end of a sentence.

    >>> name_fault("notes.md"), name_fault("con"), name_fault("lu-1923")
    ('it ends like a file name', 'it is a reserved file name on Windows', '')
    >>> name_fault("-lu")
    "it may have only letters and digits, with '-', '_' or '.' between them"
    """
    if len(name) > LONGEST:
        return f"it has {len(name)} characters; the limit is {LONGEST}"
    if filenames.is_device(name):
        return "it is a reserved file name on Windows"
    if not _NAME.fullmatch(name):
        return "it may have only letters and digits, with '-', '_' or '.' between them"
    if re.search(r"\.[A-Za-z]{1,6}$", name):
        return "it ends like a file name"
    return ""
