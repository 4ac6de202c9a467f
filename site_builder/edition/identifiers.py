"""Permanent absolute identifiers for data that leaves the site.

An export names pages, codes and tags by IRIs and UUIDs.  If the project gives the address of its site, an IRI
is that address and the path of the page.  Otherwise no address is invented: the base is an ``arcp:`` URI
(draft-soilandreyes-arcp, "The Archive and Package URI scheme"), which is meant for resources in a package
that have no address yet, followed by the path of the page.

UUIDs are of version 5 (RFC 9562), so that the same tag has the same UUID in every build.  They are derived
from the first line of the ledger of anchors, which no edition may change: a new title or address does not
change them.
"""

from __future__ import annotations

from functools import cache
from uuid import UUID, uuid5

from site_builder.model import Project

_TOOL = UUID("2b6e3dd9-18b9-40ce-8a0c-efa636a24e7a")


def namespace(project: Project) -> UUID:
    """The UUID from which all other UUIDs of a project are derived.

    It depends on the id of the first work and on the digest in the first line of its ledger.  A project
    without a ledger was never published and is not valid; then the id of the work is used alone.

    :raises IndexError: if the project has no work.
    """
    work = project.first_published
    return _of_ledger(work.id, work.ledger[0].digest if work.ledger else "")


@cache
def _of_ledger(work: str, first: str) -> UUID:
    return uuid5(_TOOL, f"{work}\n{first}")


def guid(project: Project, *parts: str) -> str:
    """The permanent UUID of one thing: ``guid(project, "code", "depth+")``, 36 lower-case characters.

    Equal parts give equal UUIDs; their order matters.  Whether the thing exists is not checked.  The UUIDs
    depend on the :func:`namespace` of the project, not on titles or addresses.

    :raises IndexError: if the project has no work.
    """
    return str(uuid5(namespace(project), "\n".join(parts)))


def urn(project: Project, *parts: str) -> str:
    """The :func:`guid` of one thing as a URN (RFC 9562, section 4), for things without a page:
    ``urn:uuid:…``.

    :param parts: as for :func:`guid`.
    :raises IndexError: if the project has no work.
    """
    return f"urn:uuid:{guid(project, *parts)}"


def base(project: Project) -> str:
    """The base of every address of the site, as an absolute IRI that ends in one ``/``.

    Without an address of the site it is ``arcp://uuid,UUID/`` with the :func:`namespace`.

    :raises IndexError: if the project has neither an address nor a work.
    """
    if project.site.address:
        return f"{project.site.address.rstrip('/')}/"
    return f"arcp://uuid,{namespace(project)}/"


def iri(project: Project, address: str) -> str:
    """An address of :mod:`site_builder.edition.addresses` (``lu1923/index.html#p12``) as an absolute IRI.

    Nothing is encoded, and whether the page exists is not checked.  An empty address gives the :func:`base`.
    """
    return base(project) + address
