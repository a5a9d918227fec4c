"""Stored files, named by their content."""

from django.db import models


class StoredFile(models.Model):
    """The content of one or more uploads; the bytes lie in the store under their SHA-256."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.media_type})"
