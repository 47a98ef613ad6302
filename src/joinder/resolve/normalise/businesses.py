"""Names of companies and shops: the whole, and the core that is left without region, legal form and shop words."""

from __future__ import annotations

import re
from functools import lru_cache

from joinder.resolve.normalise.regions import PLACES
from joinder.resolve.normalise.text import compact, folded, has_han, words

_FORMS_ZH = """
股份有限公司 有限责任公司 集团有限公司 有限公司 股份公司 分公司 子公司 集团 公司 合伙企业
有限合伙 普通合伙 个体工商户 个人独资企业 经营部 经销部 销售部 门市部 服务部 商行 工作室
中心 工厂 加工厂 厂
"""
_SHOP_ZH = """
官方旗舰店 海外旗舰店 旗舰店 专营店 专卖店 企业店 折扣店 直营店 品牌店 优选店 精品店 小店
商店 百货店 分店 总店 二店 三店 新店 老店 店铺 小铺 铺子 商城 官方 正品 店 铺
"""
_TRADE_ZH = """
电子商务 网络科技 信息技术 国际贸易 进出口 商贸 贸易 科技 实业 百货 供应链 文化传播 服饰
服装 日用品 化妆品
"""
_DROP_EN = """
ltd limited co company inc incorporated llc llp lp plc corp corporation gmbh ag sa sas srl
spa bv nv ab oy as pte pty kg kk group holding holdings the store stores shop shops outlet
official online mall trading
"""
_DROPPED = frozenset(_DROP_EN.split())
_TAIL_ZH = re.compile("(?:" + "|".join(sorted((_FORMS_ZH + _SHOP_ZH).split(), key=len, reverse=True)) + ")$")
_TRADE_TAIL = re.compile("(?:" + "|".join(sorted(_TRADE_ZH.split(), key=len, reverse=True)) + ")$")
_PLACE_HEAD = re.compile(
    "^(?:中国)?(?:(?:"
    + "|".join(sorted(PLACES, key=len, reverse=True))
    + ")(?:省|自治区|特别行政区|市|区|县)?){1,3}"
)
_ANY_PLACE_HEAD = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,3}市)(?:[\u4e00-\u9fff]{1,3}[区县])?"
)
_BRACKETS = re.compile(r"[(（【\[][^)）】\]]*[)）】\]]")


def businesses(text: str) -> tuple[str, ...]:
    """The whole name: Chinese without spaces and punctuation, other scripts as words."""
    plain = folded(text)
    plain = compact(plain) if has_han(plain) else words(plain)
    return (plain,) if plain else ()


@lru_cache(maxsize=300_000)
def core(name: str) -> str:
    """The distinctive part of a normalised name: ``深圳市样例优品贸易有限公司`` → ``样例优品``.

    Never empty for a non-empty name: where nothing distinctive is left, the whole name is its own core.
    """
    if not has_han(name):
        kept = [word for word in name.split() if word not in _DROPPED]
        return " ".join(kept) or name
    rest = _strip(_BRACKETS.sub("", name), _TAIL_ZH)
    rest = _strip(rest, _TRADE_TAIL)
    for head in (_ANY_PLACE_HEAD, _PLACE_HEAD):
        shorter = head.sub("", rest)
        rest = shorter if len(shorter) >= 2 else rest
    return rest or name


def _strip(name: str, tail: re.Pattern[str]) -> str:
    while (shorter := tail.sub("", name)) != name and len(shorter) >= 2:
        name = shorter
    return name
