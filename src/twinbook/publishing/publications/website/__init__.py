"""The public site: pages in every language, made of editions, readable without a script."""

from twinbook.publishing.publication import Publication
from twinbook.publishing.publications.website.site import render

PUBLICATION = Publication("website", "Website", ("HTML",), render, order=100)
