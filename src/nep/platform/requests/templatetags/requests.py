"""What every form starts with."""

from uuid import uuid4

from django import template
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nep.platform.requests.once import FIELD

register = template.Library()


@register.simple_tag(takes_context=True)
def form_start(context: template.Context) -> SafeString:
    """Hidden fields: the CSRF token, and the token that makes a form act once."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="{}" value="{}">',
        get_token(context["request"]),
        FIELD,
        uuid4(),
    )
