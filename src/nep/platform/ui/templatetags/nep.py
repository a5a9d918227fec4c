"""`{% load nep %}`: every component under one name. Their words and arguments are in docs/ui.md."""

from django import template

from nep.platform.ui.components import acts, base, blocks, documents, figures, forms, lists, page, tables

register = template.Library()

for part in (base, acts, blocks, figures, tables, forms, documents, page, lists):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
