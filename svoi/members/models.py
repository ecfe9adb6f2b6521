"""A member, the sessions she is signed in by, the sign-ins that failed, and who looks after the installation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models.functions import Now

from svoi.members.rules import LANGUAGES, THEMES, read_identity


class MemberQuerySet(BaseUserManager["Member"]):
    """Finds a person by whatever she signs in with."""

    def get_by_natural_key(self, username: str | None) -> Member:
        identity = read_identity(username or "")
        return self.get(**{identity.kind: identity.value})


class Member(AbstractBaseUser):
    """A person. At least one of e-mail and phone is known, each belongs to one member only.

    Of a member who was erased neither is: her row stays for the orders that tax law keeps, and names nobody.
    """

    last_login = None  # when she was here is kept by her sessions, not by a write on every sign-in

    name = models.CharField(max_length=60)
    email = models.EmailField(null=True, unique=True)
    phone = models.CharField(max_length=16, null=True, unique=True)
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES], default="ru")
    theme = models.CharField(max_length=8, choices=[(code, code) for code in THEMES], default="system")
    joined_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[MemberQuerySet] = MemberQuerySet()

    class Meta:
        db_table = "svoi_member"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=False, erased_at=None)
                | models.Q(phone__isnull=False, erased_at=None)
                | models.Q(email=None, phone=None, erased_at__isnull=False),
                name="member_can_be_reached",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="member_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.erased_at is None


class MemberSession(AbstractBaseSession):
    """One signed-in browser, listed for its member so that she can end it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="sessions")
    browser = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[BaseSessionManager[Any]] = BaseSessionManager()

    class Meta:
        db_table = "svoi_membersession"
        indexes = [models.Index(fields=["member", "-seen_at"], name="session_of_member")]

    @classmethod
    def get_session_store_class(cls) -> Any:
        from svoi.members.sessions import SessionStore  # noqa: PLC0415 - the store needs this model first

        return SessionStore


class SignInFailure(models.Model):
    """A wrong password, remembered by a keyed hash of what was typed, to slow down guessing."""

    identity_hash = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_signinfailure"
        indexes = [models.Index(fields=["identity_hash", "-at"], name="failures_of_identity")]


class Operator(models.Model):
    """That a member looks after this installation and may look into its tables; called from the machine itself."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, primary_key=True, related_name="+")
    called_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_operator"
