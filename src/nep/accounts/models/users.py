"""Who signs in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Makes accounts with a hashed password, or with none that works."""

    def create_user(self, login: str, name: str, password: str | None = None, email: str = "") -> User:
        """A new account; without a password nobody can sign in with it."""
        user = self.model(login=login.strip().lower(), name=name, email=email)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. Who the person is and what they may do stands in `org` (postings, grants)."""

    class Address(models.TextChoices):
        CHI = "chị", "chị"
        ANH = "anh", "anh"
        DONG_CHI = "đồng chí", "đồng chí"

    login = models.CharField("Tên đăng nhập", max_length=80, unique=True)
    name = models.CharField("Họ và tên", max_length=200)
    address = models.CharField("Xưng hô", max_length=10, choices=Address.choices, default=Address.DONG_CHI)
    # Where links for this account go. Not the address on the roster, which an import of staff may change.
    email = models.EmailField("Thư điện tử nhận liên kết", blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name
