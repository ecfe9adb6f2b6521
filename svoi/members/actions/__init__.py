"""Signing up and in, what a person decides about her own account, and who looks after the installation."""

from svoi.members.actions.operators import call_operator, withdraw_operator
from svoi.members.actions.own import (
    change_password,
    choose_preferences,
    confirm_password,
    end_other_sessions,
    end_session,
    erase_account,
    rename_member,
)
from svoi.members.actions.signing import (
    NewAccount,
    check_sign_in,
    forget_old_tries,
    identity_hash,
    is_common,
    open_account,
    prepare_account,
    sign_up,
)

__all__ = [
    "NewAccount",
    "call_operator",
    "change_password",
    "check_sign_in",
    "choose_preferences",
    "confirm_password",
    "end_other_sessions",
    "end_session",
    "erase_account",
    "forget_old_tries",
    "identity_hash",
    "is_common",
    "open_account",
    "prepare_account",
    "rename_member",
    "sign_up",
    "withdraw_operator",
]
