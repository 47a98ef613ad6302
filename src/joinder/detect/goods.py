"""Goods proximity: does the listing offer what the right is registered for?

The words of a platform's category (or, without one, of the title) are mapped to Nice classes by a table of
ours; they are compared with the classes of the right, and with the words of its goods. Unknown is unknown:
a category that the table does not know is neither for nor against, and is reported as not checked.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from joinder.vocabulary.script.fold import fold
from joinder.vocabulary.script.hanzi import is_han

# Nice class → words of platform categories and titles (folded)
_NICE: dict[int, str] = {
    1: "化学 胶水 肥料 adhesive fertilizer chemical",
    2: "打印耗材 硒鼓 油漆 涂料 墨盒 墨粉 paint toner ink",
    3: (
        "化妆 护肤 美妆 洗发 洗面 香水 口红 面膜 牙膏 洗衣液 个护 cosmetic cosmetics skincare makeup "
        "perfume lipstick shampoo toothpaste beauty fragrance cream lotion"
    ),
    4: "机油 润滑油 蜡烛 燃料 lubricant candle candles fuel",
    5: (
        "母婴 尿裤 药 保健 维生素 奶粉 营养 消毒 创可贴 pharmaceutical supplement supplements "
        "vitamin vitamins medicine"
    ),
    6: "五金 金属 锁具 hardware metal",
    7: "五金工具 电动工具 机械 水泵 洗衣机 榨汁 power tool machine machinery pump blender",
    8: "五金工具 螺丝刀 刀具 剪刀 剃须 手动工具 刀 餐具 knife knives razor shaver scissors cutlery",
    9: (
        "音响 音箱 智能手环 太阳镜 行车记录仪 手机 数码 电脑 耳机 充电 数据线 相机 眼镜 电子 平板 "
        "键盘 鼠标 存储 phone phones electronics computer computers laptop earphone earphones "
        "headphone headphones earbuds charger cable camera glasses sunglasses tablet keyboard "
        "speaker audio"
    ),
    10: "母婴 奶瓶 奶嘴 医疗 血压 口罩 medical massager mask",
    11: (
        "小家电 空气炸锅 加湿器 吸尘器 灯 灯具 照明 家电 空调 冰箱 热水器 净水 风扇 电器 电饭煲 水壶 "
        "lamp lamps light lighting appliance appliances kettle heater fan refrigerator purifier"
    ),
    12: (
        "母婴 婴儿车 座套 汽车 车载 汽配 自行车 电动车 摩托 轮胎 car auto automotive bicycle bike "
        "motorcycle tyre tire vehicle"
    ),
    14: (
        "钟表 机械表 石英表 手表 珠宝 首饰 饰品 项链 戒指 手链 watch watches jewelry jewellery "
        "necklace ring bracelet earring earrings"
    ),
    15: "乐器 吉他 钢琴 instrument guitar piano",
    16: "文具 笔 本册 纸 办公 图书 书籍 stationery pen paper notebook office book books",
    18: (
        "宠物 牵引绳 箱包 包 女包 男包 皮具 背包 钱包 行李箱 bag bags handbag handbags backpack "
        "wallet luggage leather purse"
    ),
    19: "建材 地板 瓷砖 building flooring tile",
    20: "宠物 猫抓板 家具 沙发 床垫 椅 桌 枕 furniture sofa mattress chair pillow",
    21: (
        "杯壶 宠物 马克杯 水壶 厨具 杯 水杯 保温杯 锅 餐饮具 牙刷 清洁 家居 日用 kitchen kitchenware "
        "cup bottle cookware toothbrush household home"
    ),
    24: "母婴 床品 家纺 毛巾 布 被 bedding textile towel blanket curtain",
    25: (
        "鞋靴 母婴 服装 服饰 鞋 女装 男装 童装 运动鞋 衣 裤 裙 帽 袜 内衣 围巾 靴 卫衣 外套 clothing "
        "apparel clothes shoe shoes sneaker sneakers shirt dress hat cap socks jacket boots hoodie "
        "pants scarf fashion"
    ),
    26: "纽扣 花边 假发 button wig lace",
    27: "地毯 垫 壁纸 carpet rug mat wallpaper",
    28: (
        "运动器材 球拍 瑜伽 跳绳 玩具 运动 健身 球 渔具 游戏 积木 户外 toy toys sport sports fitness "
        "game games ball fishing outdoor puzzle"
    ),
    29: "肉 坚果 零食 乳 牛奶 鱼 蛋 食用油 干果 蜜饯 meat nuts milk dairy snack snacks fish egg",
    30: (
        "茶叶 茶 咖啡 糕点 糖 巧克力 米 面 调味 蜂蜜 食品 饼干 tea coffee cake chocolate rice noodle "
        "sauce honey food biscuit candy"
    ),
    31: "宠物 猫粮 狗粮 水果 生鲜 蔬菜 宠物粮 鲜花 fruit vegetable vegetables pet flower",
    32: "饮料 啤酒 矿泉水 果汁 drink drinks beverage beverages beer water juice",
    33: "酒 白酒 红酒 葡萄酒 威士忌 wine liquor spirits whisky baijiu",
    34: "烟 打火机 电子烟 tobacco cigarette lighter vape",
}
_LATIN = re.compile(r"[a-z]+")


class Proximity(Enum):
    """How near the listing's goods are to the right's."""

    SAME = "same"
    """A class or a word of the goods is the same."""
    OTHER = "other"
    """The category is known and names other goods."""
    UNKNOWN = "unknown"
    """Nothing to compare, or a category the table does not know."""


def _words(text: str) -> tuple[frozenset[str], str]:
    folded = fold(text).text
    return frozenset(_LATIN.findall(folded)), "".join(c for c in folded if is_han(c) or c == " ")


@lru_cache(maxsize=65536)
def nice_classes(text: str) -> frozenset[int]:
    """The Nice classes whose words stand in a category or title; a longer word hides those within it (面膜, 面)."""
    latin, han = _words(text)
    found: dict[str, set[int]] = {}
    for number, words in _NICE.items():
        for word in words.split():
            if word in latin if word.isascii() else word in han:
                found.setdefault(word, set()).add(number)
    longest = {w for w in found if not any(w != other and w in other for other in found if not w.isascii())}
    return frozenset(number for w in longest for number in found[w])


@lru_cache(maxsize=65536)
def goods_named(goods: str, title: str) -> str | None:
    """The first of the right's goods that the title names, or None. Goods are separated by ；;，, or 、."""
    folded = fold(title).text
    for name in re.split(r"[；;，,、|/]", fold(goods).text):
        if len(name.strip()) > 1 and name.strip() in folded:
            return name.strip()
    return None


@lru_cache(maxsize=65536)
def proximity(classes: tuple[str, ...], goods: str, category: str) -> Proximity:
    """Compare a right's classes and goods with a listing's category."""
    if not category.strip():
        return Proximity.UNKNOWN
    registered = {int(m.group()) for c in classes if (m := re.search(r"\d+", c))}
    offered = nice_classes(category)
    latin, han = _words(category)
    goods_latin, goods_han = _words(goods)
    shared_han = any(han[i : i + 2] in goods_han for i in range(len(han) - 1) if " " not in han[i : i + 2])
    if offered & registered or shared_han or {w for w in latin & goods_latin if len(w) > 3}:
        return Proximity.SAME
    if offered and (registered or goods.strip()):
        return Proximity.OTHER
    return Proximity.UNKNOWN
