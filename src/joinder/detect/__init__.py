"""Listing × right → suspicion with reasons.

Policy: the machine suspects, a person decides. Rights compile to one versioned bundle (`compile_rights`); a
listing is folded with an offset map, searched through the candidate channels, compared sign by sign, and
weighed with its circumstances (`screen`). The score is a plain sum of published weights, every weight stands in
the explanation with the text it rests on, what speaks for the seller is always said, and so is what was not
checked. The mark as registered, offered at its usual price, is no suspicion: resale is lawful.
"""

from joinder.detect.bundle import Bundle, compile_rights
from joinder.detect.errors import DetectError, NothingToDetect, SignalsError
from joinder.detect.explain import Suspicion
from joinder.detect.screening import screen
from joinder.detect.weights import PUBLISHED, Weights

__all__ = [
    "PUBLISHED",
    "Bundle",
    "DetectError",
    "NothingToDetect",
    "SignalsError",
    "Suspicion",
    "Weights",
    "compile_rights",
    "screen",
]
