"""Forms already acted on."""

from django.db import models


class FormReceipt(models.Model):
    """One sent form: its token, who sent it, and where the answer led."""

    token = models.UUIDField(primary_key=True)
    user_id = models.BigIntegerField(null=True)
    path = models.CharField(max_length=500)
    location = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"])]
