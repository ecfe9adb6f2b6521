"""A token opens its own door, for its own time, as it was signed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.kernel.tokens import TOKEN_LENGTH_MAX, TokenRefused, derive_key, sign, verify

KEY = derive_key("secret", "ticket")
claims = st.dictionaries(st.text(max_size=10).filter(lambda name: name != "exp"), st.integers() | st.text(max_size=20))


@given(claims)
def test_it_says_what_was_signed(said: dict):
    assert verify(sign(said, key=KEY, expires_at=10.0), key=KEY, at=9.9) == {**said, "exp": 10.0}


def test_its_time_ends():
    token = sign({"show": 1}, key=KEY, expires_at=10.0)
    with pytest.raises(TokenRefused) as refusal:
        verify(token, key=KEY, at=10.0)
    assert refusal.value.facts == {"reason": "expired"}


@given(st.integers(min_value=0, max_value=200), st.integers(min_value=0, max_value=255))
def test_a_changed_letter_is_noticed(place: int, letter: int):
    token = sign({"show": 1, "member": 2}, key=KEY, expires_at=10.0)
    place %= len(token)
    changed = token[:place] + chr(letter) + token[place + 1 :]
    if changed == token:
        return
    # A letter that only changes base64's spare bits still says the same; anything else is refused.
    with suppress(TokenRefused):
        assert verify(changed, key=KEY, at=0.0) == verify(token, key=KEY, at=0.0)


@pytest.mark.parametrize("token", ["", ".", "a.b", "é.é", "a" * (TOKEN_LENGTH_MAX + 1), "e30.AAAAAAAAAAAAAAAAAAAAAA"])
def test_what_was_not_signed_here_is_forged(token: str):
    with pytest.raises(TokenRefused) as refusal:
        verify(token, key=KEY, at=0.0)
    assert refusal.value.facts == {"reason": "forged"}


def test_a_key_of_another_door_does_not_fit():
    with pytest.raises(TokenRefused):
        verify(sign({}, key=KEY, expires_at=10.0), key=derive_key("secret", "playback"), at=0.0)
