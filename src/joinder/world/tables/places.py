"""Where the market lives: real provinces, cities and districts; every road, park and building is invented.

Columns: province, its one-character short name (as in ICP filing numbers), city, city code of GB/T 2260,
districts.
"""

from __future__ import annotations

from dataclasses import dataclass

from joinder.world.tables.wording import words

_ROWS = """
广东 粤 深圳 440300 罗湖区 福田区 南山区 宝安区 龙岗区 龙华区
广东 粤 广州 440100 越秀区 海珠区 天河区 白云区 番禺区 花都区
广东 粤 东莞 441900 莞城街道 南城街道 虎门镇 厚街镇 长安镇
广东 粤 佛山 440600 禅城区 南海区 顺德区
广东 粤 汕头 440500 龙湖区 金平区 澄海区
广东 粤 揭阳 445200 榕城区 揭东区
浙江 浙 杭州 330100 上城区 拱墅区 西湖区 滨江区 余杭区
浙江 浙 金华 330700 婺城区 金东区 义乌市 永康市
浙江 浙 温州 330300 鹿城区 瓯海区 龙湾区
浙江 浙 宁波 330200 海曙区 江北区 鄞州区
福建 闽 莆田 350300 城厢区 涵江区 荔城区
福建 闽 厦门 350200 思明区 湖里区 集美区
福建 闽 泉州 350500 鲤城区 丰泽区 晋江市 石狮市
福建 闽 福州 350100 鼓楼区 台江区 仓山区
江苏 苏 苏州 320500 姑苏区 吴中区 相城区 常熟市
江苏 苏 南京 320100 玄武区 秦淮区 鼓楼区 江宁区
江苏 苏 南通 320600 崇川区 通州区
江苏 苏 徐州 320300 云龙区 鼓楼区 泉山区
山东 鲁 青岛 370200 市南区 市北区 崂山区
山东 鲁 临沂 371300 兰山区 罗庄区 河东区
山东 鲁 济南 370100 历下区 市中区 槐荫区
河北 冀 保定 130600 竞秀区 莲池区
河北 冀 石家庄 130100 长安区 桥西区 新华区
河南 豫 郑州 410100 中原区 二七区 金水区
湖北 鄂 武汉 420100 江岸区 武昌区 洪山区
湖南 湘 长沙 430100 芙蓉区 天心区 岳麓区
四川 川 成都 510100 锦江区 青羊区 武侯区 成华区
江西 赣 南昌 360100 东湖区 西湖区 青山湖区
安徽 皖 合肥 340100 瑶海区 庐阳区 蜀山区
广西 桂 南宁 450100 青秀区 兴宁区 西乡塘区
辽宁 辽 沈阳 210100 和平区 沈河区 铁西区
陕西 陕 西安 610100 新城区 碑林区 雁塔区
"""


@dataclass(frozen=True, slots=True)
class City:
    """One city: names without suffix, GB/T 2260 code, its districts, and the short name of its province."""

    province: str
    short: str
    name: str
    code: str
    districts: tuple[str, ...]

    @property
    def region(self) -> str:
        return f"{self.province}省{self.name}市" if self.province != "广西" else f"广西{self.name}市"


def _parse(rows: str) -> tuple[City, ...]:
    cities = []
    for line in rows.strip().splitlines():
        province, short, name, code, *districts = line.split()
        cities.append(City(province, short, name, code, tuple(districts)))
    return tuple(cities)


CITIES: tuple[City, ...] = _parse(_ROWS)

ROADS: tuple[str, ...] = tuple(
    head + tail
    for head in words("松涛 望湖 云桥 南栅 沙埔 石榴 晚枫 银坑 竹溪 塘尾 白鹭 下埔 梅岗 东澳 花洲 麦田")
    for tail in ["路", "街", "大道", "二路", "巷"]
)
"""Invented road names (16 stems × 5 endings)."""

PARKS: tuple[str, ...] = tuple(
    head + tail
    for head in words("样例 汇川 金鳞 百舸 星河湾 鼎泰 宏图 联创")
    for tail in ["工业园", "物流园", "电商产业园", "科技大厦", "商贸城"]
)
"""Invented parks and buildings."""

RECEIVERS: tuple[str, ...] = (
    *(f"{c.province}{c.name}" for c in CITIES),
    "DE",
    "US",
    "FR",
    "GB",
    "JP",
    "AE",
    "BR",
)
"""Regions where parcels go; the two-letter ones leave the country and pass customs."""
