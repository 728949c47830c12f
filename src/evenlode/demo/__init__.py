"""A whole invented council, written as the extract files a real one would send.

Everything in here is made up. It writes files and the answers expected of them; it never touches the record or the rules.
"""

from evenlode.demo.council import BuiltCouncil, build_council

__all__ = ["BuiltCouncil", "build_council"]
