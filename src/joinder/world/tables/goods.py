"""What is sold: one line per category, with its Nice class, HS code, price range and words in both languages.

Columns: code | zh category | Nice class | HS code | silhouette | price from-to in yuan | zh nouns | en nouns.
The last group of nouns, after a slash, names accessories: what honest sellers offer "for" a brand's goods.
"""

from __future__ import annotations

from dataclasses import dataclass

from joinder.world.tables.wording import words

_ROWS = """
bag|箱包|18|420222|bag|180-2600|手提包 双肩包 斜挎包 托特包 钱包/包包挂饰 肩带 防尘袋|
    handbag,backpack,tote,wallet/bag charm,shoulder strap,dust bag
shoe|鞋靴|25|640399|shoe|220-1800|运动鞋 跑步鞋 板鞋 休闲鞋 马丁靴/鞋带 鞋垫 鞋撑|
    sneakers,running shoes,boots/shoe laces,insoles
cloth|服装|25|610910|shirt|90-1500|T恤 卫衣 冲锋衣 羽绒服 连衣裙/衣架 收纳袋|
    t-shirt,hoodie,jacket,dress/hanger,storage bag
phone|手机配件|9|851762|phone|60-900|蓝牙耳机 充电器 移动电源 智能手环/手机壳 钢化膜 保护套 表带|
    earbuds,charger,power bank,smart band/phone case,screen protector,watch strap
cosme|化妆品|3|330499|bottle|80-1200|精华液 面霜 口红 粉底液 眼影盘/化妆刷 收纳盒|
    serum,face cream,lipstick,foundation/brush set,organiser
watch|钟表|14|910211|watch|300-6800|石英表 机械表 情侣表 电子表/表带 表盒|
    quartz watch,mechanical watch/watch strap,watch box
toy|玩具|28|950300|toy|40-700|积木 拼装模型 毛绒公仔 遥控车/展示盒 电池盒|
    building blocks,model kit,plush toy/display case
cup|杯壶|21|961700|bottle|50-480|保温杯 随行杯 水壶 马克杯/杯套 吸管 密封圈|
    vacuum flask,tumbler,mug/lid,straw,cup sleeve
tea|茶叶|30|090230|box|60-900|乌龙茶 红茶 白茶 普洱/茶叶罐 礼品袋|
    oolong tea,black tea/tea tin
wine|酒类|33|220421|bottle|90-2200|白酒 干红葡萄酒 果酒/酒具 礼盒空盒|
    baijiu,red wine/decanter,empty gift box
audio|音响|9|851829|box|150-2400|蓝牙音箱 回音壁 头戴式耳机/耳罩 支架 音频线|
    bluetooth speaker,soundbar,headphones/ear pads,stand
home|小家电|11|851660|box|120-1900|空气炸锅 加湿器 电热水壶 吸尘器/滤网 滤芯 配件刷头|
    air fryer,humidifier,vacuum cleaner/filter,brush head
sport|运动器材|28|950691|toy|60-1600|羽毛球拍 瑜伽垫 跳绳 筋膜枪/手胶 收纳包|
    badminton racket,yoga mat/overgrip,carry bag
baby|母婴用品|10|392490|bottle|60-880|奶瓶 安抚奶嘴 婴儿背带/奶嘴刷 备用奶嘴|
    baby bottle,pacifier,carrier/bottle brush
glass|眼镜|9|900410|watch|120-1600|太阳镜 防蓝光眼镜 镜架/眼镜盒 镜布|
    sunglasses,eyewear frame/case,lens cloth
tool|五金工具|8|820559|toy|40-980|电动螺丝刀 冲击钻 工具箱/钻头 批头|
    screwdriver,drill,toolbox/drill bits
auto|汽车用品|12|870899|box|80-1500|行车记录仪 座套 车载充电器/支架 线材|
    dash cam,seat cover/mount,cable
print|打印耗材|2|844399|box|60-760|墨盒 硒鼓 打印机/兼容粉盒 清洗液|
    ink cartridge,toner/compatible powder
pet|宠物用品|20|420100|box|40-600|猫粮 猫抓板 牵引绳/替换芯|
    cat food,scratcher,leash/refill
stat|文具|16|960810|toy|20-420|钢笔 中性笔 笔记本/墨囊 笔套|
    fountain pen,notebook/ink cartridge set
"""

ADJECTIVES_ZH = words(
    "新款 2026春季 轻奢 百搭 便携 ins风 复古 简约 高级感 网红 限量 送礼 爆款 热卖 升级款 经典 家用 精选 多功能 小众"
)
TAILS_ZH = words("包邮 现货速发 七天无理由 支持验货 48小时发货 厂家直供 送运费险 多色可选 亏本冲量")
ADJECTIVES_EN = words(
    "new 2026 classic premium vintage popular upgraded deluxe everyday limited trendy exquisite"
)
TAILS_EN = [
    "free shipping",
    "fast delivery",
    "gift box",
    "many colours",
    "wholesale",
    "in stock",
    "limited offer",
]

CUES_ZH = words("复刻 1:1 高仿 原单 尾单 专柜同款 工厂流出 顶级版本 过验 公司货")
CUES_EN = [
    "replica",
    "1:1 quality",
    "mirror grade",
    "AAA",
    "factory leftover",
    "same as store",
    "OEM original",
]
"""Words that go with copies. They stand beside exact spellings and, more rarely, beside evasive ones."""

GENUINE_ZH = ["正品", "专柜购入", "二手闲置", "国行", "官方授权", "带小票"]
GENUINE_EN = ["authentic", "bought in store", "pre-owned", "with receipt", "genuine"]


@dataclass(frozen=True, slots=True)
class Category:
    """One category of goods; prices are in minor units (fen)."""

    code: str
    name: str
    nice: int
    hs: str
    silhouette: str
    low_minor: int
    high_minor: int
    nouns_zh: tuple[str, ...]
    nouns_en: tuple[str, ...]
    accessories_zh: tuple[str, ...]
    accessories_en: tuple[str, ...]


def _parse(rows: str) -> tuple[Category, ...]:
    found = []
    for line in rows.replace("|\n    ", "|").strip().splitlines():
        code, name, nice, hs, silhouette, prices, zh, en = line.split("|")
        low, high = prices.split("-")
        zh_main, zh_extra = zh.split("/")
        en_main, en_extra = en.split("/")
        found.append(
            Category(
                code,
                name,
                int(nice),
                hs,
                silhouette,
                int(low) * 100,
                int(high) * 100,
                tuple(zh_main.split()),
                tuple(en_main.split(",")),
                tuple(zh_extra.split()),
                tuple(en_extra.split(",")),
            )
        )
    return tuple(found)


CATEGORIES: tuple[Category, ...] = _parse(_ROWS)
