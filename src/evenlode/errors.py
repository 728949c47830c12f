"""Faults that a person can mend, said in one sentence."""

from __future__ import annotations


class CannotGoOn(Exception):  # noqa: N818 - the name says what has happened
    """Something in what was given stops the work; the message names the place and the mend.

    The command line shows the message alone and ends with exit code 2.
    """


class CannotRead(CannotGoOn):
    """An extract cannot be read."""


class PolicyFault(CannotGoOn):
    """The council's policy file says something that cannot be followed."""


class RecordFault(CannotGoOn):
    """The record in the home cannot be read or changed as asked."""
