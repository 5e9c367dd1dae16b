"""What is wrong with a portal that will not be published: all of it is told, although not all pages are made."""

from __future__ import annotations

from collections.abc import Collection

from toasoan import routes
from toasoan.catalog.catalog import Catalog
from toasoan.checks.links import check_links
from toasoan.diagnostics import Report
from toasoan.incremental.assembly import in_order, keep_findings
from toasoan.incremental.order import Order
from toasoan.outputs.sitemap import part_of
from toasoan.parallel import in_parallel
from toasoan.plan import Listing, pages_of, targets
from toasoan.production import checked
from toasoan.targets import Target


def check_texts(catalog: Catalog, order: Order, theme: Collection[str], report: Report) -> None:
    """Nothing will be published: look for mistakes in the texts that are due all the same, so that all are told."""
    texts = [target for target in in_order(catalog) if target[0] in (Target.ARTICLE, Target.STATIC_PAGE)]
    for made in in_parallel(lambda target: checked(target, catalog, order.root), texts, order.jobs):
        report.take_over(made.report)
        keep_findings(catalog.state, made)
    check_planned_links(catalog, theme, report)


def check_planned_links(catalog: Catalog, theme: Collection[str], report: Report) -> None:
    """Look for links to pages that there will not be, although not all pages were made."""
    pages = [page for target in tuple(targets(catalog)) for page in pages_of(*target, catalog)]
    files = {routes.file_of(page.address) for page in pages}
    files |= {
        routes.file_of(feed) for page in pages if isinstance(page.subject, Listing) for feed in page.subject.feeds
    }
    files |= {routes.file_of(routes.sitemap_part(part_of(page))) for page in pages if page.indexable}
    files |= {
        routes.file_of(routes.opml(above)) for above in (routes.ROOT, *map(routes.home, catalog.config.languages))
    }
    files |= {routes.file_of(routes.web_app_manifest(tag)) for tag in catalog.config.languages}
    files |= {routes.file_of(routes.SITEMAP), routes.file_of(routes.ROBOTS), routes.file_of(routes.SECURITY)}
    files.update(catalog.state.rows("SELECT path FROM need"))
    files.update(theme)
    check_links(catalog.state, files, report)
