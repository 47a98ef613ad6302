"""What the explanations say, in both languages of the house."""

from __future__ import annotations

from joinder.detect.forms import Channel

CHANNEL_TEXTS: dict[Channel, tuple[str, str]] = {
    Channel.EXACT: (
        "商品信息使用了与注册商标“{mark}”相同的文字“{observed}”",
        "The listing uses the mark “{mark}” as registered: “{observed}”",
    ),
    Channel.HOMOGLYPH: (
        "以形近字符书写“{observed}”，读作“{mark}”",
        "“{observed}” is written with look-alike characters and reads “{mark}”",
    ),
    Channel.SPLIT: (
        "“{observed}”以符号或空格拆开“{mark}”",
        "“{observed}” is “{mark}” split by signs or spaces",
    ),
    Channel.MASK: (
        "“{observed}”以符号或代字遮盖“{mark}”中的字符",
        "“{observed}” covers characters of “{mark}” with signs or fillers",
    ),
    Channel.SOUND: ("“{observed}”与“{mark}”读音相同或相近", "“{observed}” sounds like “{mark}”"),
    Channel.SHAPE: ("“{observed}”与“{mark}”字形相近", "“{observed}” looks like “{mark}”"),
    Channel.DECOMPOSED: (
        "“{observed}”把“{mark}”的字拆成部件书写",
        "“{observed}” writes “{mark}” as the parts of its characters",
    ),
    Channel.PINYIN: ("“{observed}”以拼音书写“{mark}”", "“{observed}” spells “{mark}” in pinyin"),
    Channel.EDIT: (
        "“{observed}”与“{mark}”仅一处不同",
        "“{observed}” differs from “{mark}” in one place",
    ),
    Channel.WILDCARD: (
        "“{observed}”与“{mark}”仅一字不同",
        "“{observed}” differs from “{mark}” in one character",
    ),
}

ASPECT_TEXTS = {
    "visual": ("（字形，相似度{likeness}）", " (to the eye, likeness {likeness})"),
    "aural": ("（读音，相似度{likeness}）", " (to the ear, likeness {likeness})"),
    "conceptual": ("（含义，相同指称）", " (in meaning, the same reference)"),
}

EXACT_ALIAS = ("商品信息使用了文字“{observed}”", "The listing uses the words “{observed}”")
SPLIT_UNSEEN = (
    "“{mark}”的字符之间插入了不可见字符，原文显示为“{observed}”",
    "“{mark}” is split by characters that cannot be seen; it shows as “{observed}”",
)

PRIOR = ("起点：多数商品链接并不侵权", "Starting point: most listings infringe nothing")
ALIAS = ("（{mark}为权利人登记的别称）", " ({mark} is another writing recorded for the right)")
CLASS_SAME = (
    "类目“{category}”与核定商品相同或类似",
    "Category “{category}” is the same as or near the registered goods",
)
CLASS_OTHER = ("类目“{category}”与核定商品不同", "Category “{category}” is other goods than those registered")
AUTHORISED = ("店铺在权利人授权名单内", "The shop is on the right holder's list of authorised sellers")
UNLISTED = (
    "权利人提供了授权名单，店铺不在其中",
    "The right holder gave a list of authorised sellers; this shop is not on it",
)
OFFICIAL = (
    "店铺名称“{name}”自称官方或旗舰，但不在授权名单内",
    "The shop calls itself official (“{name}”) but is not on the list",
)
DESCRIPTIVE = (
    "“{observed}”表明系说明用途的描述性使用",
    "“{observed}” makes it a description of what the goods fit",
)
STRONG_CUE = ("出现仿冒行话“{observed}”", "Uses a replica seller's word: “{observed}”")
WEAK_CUE = ("出现攀附性用语“{observed}”", "Leans on another's name: “{observed}”")
SECOND_HAND = (
    "“{observed}”表明为二手商品，转售本身合法",
    "“{observed}” says second-hand; resale as such is lawful",
)
GOODS_NAMED = ("标题写明核定商品“{goods}”", "The title names the registered goods “{goods}”")
OWN_BRAND = ("品牌栏填写其他文字“{brand}”", "The brand field names another word: “{brand}”")
BOUGHT = ("“{observed}”表明系购入后转售", "“{observed}” says the goods were bought and are resold")
PRICE_RATE = ("，按指示性汇率折算", ", at an indicative rate of exchange")
PRICE_LOW = (
    "价格{price}为正品价{genuine}的{percent}%",
    "Price {price} is {percent}% of the genuine {genuine}",
)
PRICE_USUAL = (
    "价格{price}接近正品价{genuine}（{percent}%）",
    "Price {price} is near the genuine {genuine} ({percent}%)",
)
PRICE_Z = (
    "价格{price}在同权利同类目{n}件商品中偏低（稳健z={z}）",
    "Price {price} is low among {n} listings of this right and category (robust z {z})",
)
PRICE_Z_USUAL = (
    "价格{price}与同权利同类目{n}件商品相当（稳健z={z}）",
    "Price {price} is usual among {n} listings of this right and category (robust z {z})",
)
SHORT = (
    "商标仅两个汉字，单凭读音或字形不足以认定",
    "The mark has only two Han characters; sound or shape alone is not enough",
)
DICTIONARY = ("商标文字系常用词，显著性较弱", "The mark is an ordinary word and weakly distinctive")
DESCRIPTION_ONLY = ("仅见于描述，未见于标题或品牌栏", "Found in the description only, not in title or brand")
SIGNALS = {
    "prior_verdict": ("该账号此前有商品被人工认定", "A person has decided against this account before"),
    "linked_to_infringer": ("该账号与已认定主体有关联", "The account is linked to a party decided against"),
    "reopened": ("该账号疑似下架后重开", "The account seems to have reopened after a take-down"),
    "shared_contact": ("与其他涉嫌账号共用联系方式", "Shares contact data with other suspected accounts"),
    "shared_images": ("与其他涉嫌账号共用图片", "Shares pictures with other suspected accounts"),
    "trusted": ("经核实的可信账号", "An account that was checked and is trusted"),
}

# Code → text, in both languages. The JSON carries "code: English text"; a page may translate by the code.
NOT_CHECKED = {
    "image": ("图片未作比对", "the listing's pictures were not compared with the right's"),
    "ocr": ("图片中的文字未识别", "words inside pictures were not read"),
    "price-absent": ("无价格，未作价格比对", "no price was given"),
    "price-goods": ("商品不同类，未作价格比对", "the goods differ, so prices were not compared"),
    "price-currency": (
        "币种与正品价不同，未作价格比对",
        "the price is in another currency than the genuine price",
    ),
    "price-reference": (
        "无正品价且同类商品不足8件",
        "no genuine price, and fewer than 8 comparable listings",
    ),
    "goods": ("类目未知，未作商品类似判断", "the category is unknown, so nearness of goods was not judged"),
    "seller": ("未提供账号表，未核对店铺名称", "no table of accounts was given"),
    "signals": ("未提供关联信号", "no table of seller signals was given"),
    "shape": (
        "本机无汉字字体，未作字形比对",
        "no Han font on the machine, so shapes of characters were not compared",
    ),
    "calibration": (
        "分数尚未以人工认定校准，不是概率",
        "the score is not calibrated on reviewers' verdicts and is no probability",
    ),
}


def not_checked(code: str) -> str:
    """One entry of `not_checked`: the code and its English text."""
    return f"{code}: {NOT_CHECKED[code][1]}"
