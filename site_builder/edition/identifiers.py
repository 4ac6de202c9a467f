"""Names that last: absolute identifiers for what leaves the site.

An export names pages, codes and tags by IRIs and UUIDs.  Where the project says which address the site
will have, an IRI is that address and the page's path.  Where it says none, none is invented: the base is
an ``arcp:`` URI (draft-soilandreyes-arcp, "The Archive and Package URI scheme"), made for resources that
travel in a package before they have an address, and the page's path follows it in the same way.

UUIDs are of version 5 (RFC 9562), so that the same tag has the same name at every build.  They hang from
the first line of the ledger of anchors, which no edition may change: neither a new title nor an address
given later renames anything.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from site_builder.model import Project

_TOOL = UUID("2b6e3dd9-18b9-40ce-8a0c-efa636a24e7a")


def namespace(project: Project) -> UUID:
    """The UUID that all names of a project hang from.

    A project without a ledger was never published and is not sound; its works' ids stand in for it.
    """
    work = project.works[0]
    first = work.ledger[0].digest if work.ledger else ""
    return uuid5(_TOOL, f"{work.id}\n{first}")


def guid(project: Project, *parts: str) -> str:
    """The lasting name of one thing: ``guid(project, "code", "space+")``, 36 lower-case characters."""
    return str(uuid5(namespace(project), "\n".join(parts)))


def urn(project: Project, *parts: str) -> str:
    """The same as a URN (RFC 9562, section 4), for what has no page of its own."""
    return f"urn:uuid:{guid(project, *parts)}"


def base(project: Project) -> str:
    """What every address of the site is relative to, as an absolute IRI that ends in ``/``."""
    if project.site.address:
        return f"{project.site.address.rstrip('/')}/"
    return f"arcp://uuid,{namespace(project)}/"


def iri(project: Project, address: str) -> str:
    """An address of :mod:`site_builder.edition.addresses` (``wu2020/index.html#p12``) as an absolute IRI."""
    return base(project) + address
