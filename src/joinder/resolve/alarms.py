"""Alarms: what a person should look at before trusting a result. An alarm never changes the result.

Each function looks for one thing and returns the alarms it raises; ``joinder resolve run`` prints them, the report
keeps them. The alarms that a guard refused something are the review queue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from joinder.resolve.arrays import Floats, Ints
from joinder.resolve.blocking import Blocks
from joinder.resolve.clustering import Clusters, Edges, Guard
from joinder.resolve.columns import Column
from joinder.resolve.hubs import HubValue
from joinder.resolve.training import Training

LARGE_SHARE = 0.05
LARGE_LEAST = 20
SPARSE_SIZE = 6
SPARSE_DENSITY = 0.25
SAME_SHARE = 0.5


@dataclass(frozen=True)
class Alarm:
    """One thing to look at. code is stable; details are plain data (record ids, values, counts)."""

    code: str
    text_en: str
    text_zh: str
    details: dict[str, object]

    def as_dict(self) -> dict[str, object]:
        """The same as plain data."""
        return asdict(self)


def column_alarms(columns: Sequence[Column], records: int) -> list[Alarm]:
    """Columns without a single usable value, and columns in which one value stands on most records."""
    alarms = []
    for column in columns:
        if not column.whole:
            alarms.append(Alarm(
                "empty_column", f"Column {column.name} holds no usable value; it says nothing.",
                f"“{column.name}”列没有可用的值，不提供任何依据。", {"evidence": column.name},
            ))  # fmt: skip
            continue
        top = int(column.counts.argmax())
        many = int(column.counts[top])
        if column.use.type.tf.value == "owners" and many >= LARGE_LEAST and many > SAME_SHARE * records:
            alarms.append(Alarm(
                "one_value", f"{many:,} of {records:,} records hold one {column.use.type.en}: {column.shown[top]}.",
                f"{records}条记录中有{many}条的{column.use.type.zh}相同：{column.shown[top]}。",
                {"evidence": column.name, "value": column.shown[top], "records": many},
            ))  # fmt: skip
    return alarms


def hub_alarms(hubs: Sequence[HubValue]) -> list[Alarm]:
    """Each hub is a lead of its own."""
    return [
        Alarm(
            "hub", f"{hub.value} ({hub.evidence}) is shared by {hub.records:,} records of about {hub.owners:,} owners: "
            "a service provider, not a reason to join.",
            f"{hub.value}（{hub.evidence}）为{hub.records}条记录、约{hub.owners}个主体共用，按服务商处理，不作为关联依据。",
            {"evidence": hub.evidence, "value": hub.value, "records": hub.records, "owners": hub.owners},
        )
        for hub in hubs
    ]  # fmt: skip


def blocking_alarms(blocks: Blocks) -> list[Alarm]:
    """Keys with blocks too large to compare, and keys left out by the budget."""
    alarms = []
    for key in blocks.keys:
        if key.saturated:
            alarms.append(Alarm(
                "saturated_block", f"Key {key.name} has {key.saturated} values on too many records to compare; "
                "they make no pairs.",
                f"分组键{key.name}有{key.saturated}个值涉及记录过多，未用于比对。",
                {"key": key.name, "blocks": key.saturated},
            ))  # fmt: skip
    dropped = [key.name for key in blocks.keys if not key.used]
    if dropped:
        alarms.append(Alarm(
            "pair_budget", f"{len(dropped)} weak keys were left out to stay within the pair budget.",
            f"为控制比对数量，未使用{len(dropped)}个弱分组键。", {"keys": dropped[:20], "count": len(dropped)},
        ))  # fmt: skip
    return alarms


def training_alarms(training: Training, blocks: Blocks) -> list[Alarm]:
    """Training that found nothing to learn from, or did not settle."""
    if not len(blocks.left):
        return [Alarm("nothing_shared", "No two records share a usable value; every record stands alone.",
                      "没有任何两条记录共有可用的值，每条记录各自独立。", {})]  # fmt: skip
    if not training.converged:
        return [Alarm("not_converged", f"Training had not settled after {training.iterations} rounds.",
                      f"训练在{training.iterations}轮后仍未收敛。", {"iterations": training.iterations})]  # fmt: skip
    return []


def size_alarms(labels: Ints, names: Sequence[str]) -> list[Alarm]:
    """Entities that hold an unlikely share of all records."""
    roots, sizes = np.unique(labels, return_counts=True)
    limit = max(LARGE_LEAST, LARGE_SHARE * len(labels))
    return [
        Alarm(
            "large_entity", f"One entity holds {size:,} of {len(labels):,} records (among them {names[root]}).",
            f"一个主体包含{len(labels)}条记录中的{size}条（如{names[root]}）。",
            {"record": names[root], "records": int(size)},
        )
        for root, size in zip(roots.tolist(), sizes.tolist(), strict=True) if size > limit
    ]  # fmt: skip


def density_alarms(labels: Ints, edges: Edges, threshold: float, names: Sequence[str]) -> list[Alarm]:
    """Entities that hang together by few of their possible pairs: chains, which are where false joins hide."""
    inside = (labels[edges.left] == labels[edges.right]) & (edges.bits >= threshold)
    roots, links = np.unique(labels[edges.left[inside]], return_counts=True)
    sizes = dict(zip(*(part.tolist() for part in np.unique(labels, return_counts=True)), strict=True))
    alarms = []
    for root, count in zip(roots.tolist(), links.tolist(), strict=True):
        size = sizes[root]
        density = count / (size * (size - 1) / 2)
        if size >= SPARSE_SIZE and density < SPARSE_DENSITY:
            alarms.append(Alarm(
                "sparse_entity", f"{size} records in one entity (as {names[root]}) hang together by {count} links.",
                f"一个含{size}条记录的主体（如{names[root]}）仅由{count}条关联相连。",
                {"record": names[root], "records": size, "links": count, "density": round(density, 3)},
            ))  # fmt: skip
    return alarms


_GUARDS = {
    Guard.CANNOT_LINK: (
        "they hold two values that one entity may hold once",
        "两者持有同一主体只能有一个的不同值",
    ),
    Guard.JUDGED_DIFFERENT: ("a person judged them to be different", "已有人工判断认定两者不同"),
    Guard.ONE_VOICE: ("only one kind of evidence speaks for it", "仅有一类依据支持"),
    Guard.BRIDGE: (
        "the other pairs across the two entities speak against it",
        "两个主体之间的其他比对不支持",
    ),
    Guard.CEILING: (
        "the entity would become larger than a person has agreed to",
        "合并后的规模超过须人工确认的上限",
    ),
}


def refusal_alarms(clusters: Clusters, edges: Edges, names: Sequence[str], limit: int = 200) -> list[Alarm]:
    """The joins that guards refused: the strongest ``limit`` one by one (the review queue), and the count per guard."""
    counts = Counter(refusal.guard for refusal in clusters.refusals)
    alarms = [
        Alarm("refused", f"{count:,} joins refused: {_GUARDS[guard][0]}.", f"拦截{count}处合并：{_GUARDS[guard][1]}。",
              {"guard": guard.value, "count": count})
        for guard, count in counts.most_common()
    ]  # fmt: skip
    strongest = sorted(clusters.refusals, key=lambda one: -float(edges.bits[one.edge]))[:limit]
    for refusal in strongest:
        if refusal.guard is Guard.ONE_VOICE:
            continue
        a, b = names[int(edges.left[refusal.edge])], names[int(edges.right[refusal.edge])]
        en, zh = _GUARDS[refusal.guard]
        bits = round(float(edges.bits[refusal.edge]), 2)
        details = {"guard": refusal.guard.value, "a": a, "b": b, "bits": bits, "sizes": list(refusal.sizes)}
        alarms.append(Alarm("review", f"{a} and {b} were not joined at {bits} bits: {en}.",
                            f"{a}与{b}（{bits}比特）未合并：{zh}。",
                            details))  # fmt: skip
    return alarms


def contradiction_alarms(pairs: Sequence[tuple[str, str]]) -> list[Alarm]:
    """Records that people judged to be different and that other judgements make one."""
    return [
        Alarm("contradicting_judgements", f"{a} and {b} are judged different, but others make them one; "
              "they were kept apart.", f"{a}与{b}被判不同，但其他判断使两者相同；未予合并。", {"a": a, "b": b})
        for a, b in pairs
    ]  # fmt: skip


def spread(values: Floats) -> dict[str, float]:
    """Smallest, median and largest of some values, for the report; all 0 where there are none."""
    if not len(values):
        return {"least": 0.0, "median": 0.0, "most": 0.0}
    return {"least": float(values.min()), "median": float(np.median(values)), "most": float(values.max())}
