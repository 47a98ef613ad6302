"""A small table of places that stand in front of Chinese company names and addresses (written by the project).

Provinces and the larger trading cities in their short form. It is not a gazetteer: an unknown place that carries its
suffix (``某某市``) is recognised by the suffix.
"""

from __future__ import annotations

_PROVINCES = """
北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南
广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
"""
_CITIES = """
深圳 广州 东莞 佛山 珠海 中山 惠州 汕头 揭阳 潮州 湛江 江门 肇庆 清远 杭州 宁波 温州 义乌
金华 绍兴 嘉兴 台州 湖州 丽水 衢州 舟山 苏州 南京 无锡 常州 南通 徐州 扬州 盐城 泰州 镇江
宿迁 连云港 淮安 福州 厦门 泉州 莆田 漳州 龙岩 三明 晋江 石狮 青岛 济南 临沂 潍坊 烟台 威海
淄博 济宁 菏泽 聊城 德州 枣庄 日照 郑州 洛阳 许昌 商丘 新乡 南阳 周口 信阳 武汉 襄阳 宜昌
荆州 黄石 黄冈 孝感 十堰 长沙 株洲 衡阳 岳阳 常德 邵阳 湘潭 成都 绵阳 德阳 南充 宜宾 泸州
乐山 合肥 芜湖 蚌埠 阜阳 安庆 六安 南昌 赣州 九江 上饶 宜春 景德镇 沈阳 大连 鞍山 锦州 长春
吉林 哈尔滨 大庆 齐齐哈尔 石家庄 保定 唐山 廊坊 邯郸 沧州 邢台 秦皇岛 太原 大同 临汾 西安
咸阳 宝鸡 昆明 大理 贵阳 遵义 南宁 柳州 桂林 玉林 海口 三亚 兰州 银川 西宁 乌鲁木齐
呼和浩特 包头 拉萨
"""
PROVINCES = tuple(_PROVINCES.split())
CITIES = tuple(_CITIES.split())
PLACES = tuple(dict.fromkeys(PROVINCES + CITIES))
