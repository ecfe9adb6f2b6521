"""What people type: fields, limits and words. Rules decide; a refusal lands at the field it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from svoi.communities.rules import INVITATION_USES_MAX, ROLES
from svoi.kernel.refused import Refused
from svoi.members.rules import (
    IDENTITY_LENGTH_MAX,
    NAME_LENGTH_MAX,
    PASSWORD_LENGTH_MAX,
    PASSWORD_LENGTH_MIN,
)
from svoi.ui.refusals import say
from svoi.web.role_words import ROLE_WORDS


class PasswordField(forms.CharField):
    """Letters as they were typed: spaces at the ends count, pasting is welcome."""

    def __init__(self, *, kept: bool = False, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput(
            render_value=kept, attrs={"autocomplete": autocomplete, "spellcheck": "false", "autocapitalize": "none"}
        )
        messages = {"required": _("Write the password.")}
        super().__init__(strip=False, max_length=PASSWORD_LENGTH_MAX, widget=widget, error_messages=messages, **kwargs)


class IdentityField(forms.CharField):
    """An e-mail or a phone in one field."""

    def __init__(self) -> None:
        attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(
            label=_("E-mail or phone"),
            max_length=IDENTITY_LENGTH_MAX,
            widget=forms.TextInput(attrs=attrs),
            error_messages={"required": _("Write an e-mail or a phone number.")},
        )


class RefusableForm(forms.Form):
    """A form that can tell a refusal where it belongs."""

    places: dict[str, str] = {}

    def refuse(self, refused: Refused) -> int:
        """Show the refusal at its field, or over the form; returns its status."""
        told = say(refused)
        place = self.places.get(refused.code)
        self.add_error(place if place in self.fields else None, told.sentence())
        return told.status


class SignUpForm(RefusableForm):
    """A name, a way to reach her, a password. Nothing else is asked."""

    places = {
        "name_missing": "name",
        "identity_unreadable": "identity",
        "identity_taken": "identity",
        "password_too_weak": "password",
    }
    name = forms.CharField(
        label=_("What should we call you"),
        max_length=NAME_LENGTH_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write a name; a first name is enough.")},
    )
    identity = IdentityField()
    password = PasswordField(
        label=_("Password"),
        help_text=format_lazy(
            _("At least {letters} characters. Three or four ordinary words are good."), letters=PASSWORD_LENGTH_MIN
        ),
        autocomplete="new-password",
        kept=True,
    )


class ConsentField(forms.BooleanField):
    """A mark that nobody makes for her, with the way to the text it agrees to."""

    def __init__(self, kind: str, label: Any, *, required: bool) -> None:
        self.kind = kind
        messages = {"required": _("Without this consent we may not keep your name and contacts.")}
        super().__init__(label=label, required=required, error_messages=messages)


class NewcomerForm(SignUpForm):
    """Signing up with the consents of the shop's legal profile, each by itself."""

    def __init__(self, *args: Any, consents: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consents = consents
        if "processing" in consents:
            self.fields["processing"] = ConsentField(
                "processing", _("I consent to the processing of my personal data"), required=True
            )
        if "marketing" in consents:
            self.fields["marketing"] = ConsentField(
                "marketing", _("I want letters about shows and goods"), required=False
            )

    def typed(self) -> dict[str, str]:
        """The account itself, without the consents."""
        return {name: self.cleaned_data[name] for name in ("name", "identity", "password")}

    def marked(self) -> list[str]:
        """The kinds of consent she gave."""
        return [kind for kind in self.consents if self.cleaned_data.get(kind)]


class ErasureForm(RefusableForm):
    """Asks again for what cannot be undone."""

    places = {"password_wrong": "password", "sign_in_locked": "password"}
    password = PasswordField(label=_("Current password"), autocomplete="current-password")


class SignInForm(RefusableForm):
    """The identity stays after a wrong password, the password does not."""

    places = {"identity_unreadable": "identity"}
    identity = IdentityField()
    password = PasswordField(label=_("Password"), autocomplete="current-password")


class NameForm(RefusableForm):
    """How others see her."""

    places = {"name_missing": "name"}
    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH_MAX, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )


class PasswordForm(RefusableForm):
    """The old password and the new one; typed once, since it can be shown."""

    places = {"password_too_weak": "new", "password_wrong": "old", "sign_in_locked": "old"}
    old = PasswordField(label=_("Current password"), autocomplete="current-password")
    new = PasswordField(
        label=_("New password"),
        help_text=format_lazy(
            _("At least {letters} characters. Every other browser will be signed out."), letters=PASSWORD_LENGTH_MIN
        ),
        autocomplete="new-password",
    )


class InvitationForm(RefusableForm):
    """How many people one link may bring."""

    places = {"uses_out_of_range": "uses"}
    uses = forms.IntegerField(
        label=_("How many people may come by this link"),
        min_value=1,
        max_value=INVITATION_USES_MAX,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class RoleForm(RefusableForm):
    """Who gets which role."""

    member = forms.IntegerField(widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("Role"), choices=[(role, ROLE_WORDS[role]) for role in reversed(ROLES)])
