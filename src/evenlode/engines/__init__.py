"""Other engines than the embedded one, for where a council's or a region's data already lives.

What may enter: the record, or its tables in a database.  What may leave: the same findings.
"""

from evenlode.engines.asking import evaluate_on
from evenlode.engines.engine import ENGINES, Engine, open_engine

__all__ = ["ENGINES", "Engine", "evaluate_on", "open_engine"]
