"""Resolve: from virtual subjects to the entities behind them.

*Same-as* (one operator stands behind two accounts) is kept apart from *linked-to* (they share a warehouse): only the
first joins. One evidence table (``evidence``) says of each attribute how exclusive, stable and rare its values are, and
drives what is compared, what an agreement is worth and how it is explained. Weights are trained without labels; a
join needs two independent groups of evidence or one exclusive identifier; a value that many owners share becomes a
service-provider node and a lead, never a reason to join; what a guard refuses is reported, never dropped. Every score
is a sum of bits that a person can read, and what people judge holds whatever the evidence says.

Public: ``run`` (records in, result folder out), ``explain`` (why two records are, or are not, one entity),
``propose`` (a first spec for any table), ``metrics.pair_metrics`` (quality against known truth), ``load_spec``.
"""

from __future__ import annotations

from joinder.resolve.explain import Explanation, explain
from joinder.resolve.judgements import Judgement, Verdict
from joinder.resolve.metrics import Metrics, pair_metrics
from joinder.resolve.portraits import Portrait, SharedValue, portraits
from joinder.resolve.propose import propose
from joinder.resolve.run import Report, run
from joinder.resolve.spec import Spec, load_spec

__all__ = [
    "Explanation",
    "Judgement",
    "Metrics",
    "Portrait",
    "Report",
    "SharedValue",
    "Spec",
    "Verdict",
    "explain",
    "load_spec",
    "pair_metrics",
    "portraits",
    "propose",
    "run",
]
