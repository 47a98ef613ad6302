"""Names of invented people, companies and shops. Any likeness to a living person is an accident of the draw."""

from __future__ import annotations

from joinder.world.tables.wording import words

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟"
GIVEN_COMMON = words("伟 芳 娜 敏 静 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 丽")
GIVEN_FIRST = "子思雨梓浩宇一欣佳嘉晓志文俊建国海春秋金玉美红永德振家祥"
GIVEN_SECOND = "轩涵怡萱豪彤琪瑶博航鑫宁华峰辉龙飞梅兰英芬萍燕青松林生才荣昌"

COMPANY_CORES = words(
    "顺达 恒发 鑫源 华泰 万通 宏盛 金利 瑞丰 博远 嘉和 天成 永兴 智汇 优品 乐购 盛世 东升 腾跃 "
    "锦程 星辰 安捷 百川 聚福 鸿运 凯悦 新亚 中联 四海 创艺 美林 启航 丰禾 云帆 海润 佳美 信诺 "
    "润泽 晨曦 千禧 大有"
)
COMPANY_TRADES = words("电子商务 贸易 商贸 网络科技 服饰 日用品 皮具 供应链管理 进出口 百货")
COMPANY_FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "实业有限公司")
STORE_FORMS = ("商行", "经营部", "百货店", "服装店", "电子商务店", "贸易商行")

SHOP_HEADS = words(
    "小鹿 阿布 南风 北巷 初见 七月 老街 半夏 暖阳 云朵 木子 一只猫 糖果 青柠 星期八 布谷 蜗牛 "
    "大熊 奶茶 深巷 十三 晚安 拾光 初夏 麦兜兜 豆豆 三味 橘子 白桃 海盐 知夏 小满 山野 浅浅 "
    "梧桐巷 不二 阿冰 米粒 北纬 微光"
)
SHOP_TAILS = words(
    "家的店 小铺 潮品馆 生活馆 精品店 优选 严选 工厂店 外贸原单 衣橱 杂货铺 好物 数码 尾货仓 "
    "批发 买手店 折扣仓 小屋"
)
SHOP_EN = words("Sunny Lucky Happy Star Cloud Good Top Mini Blue Global Fast Golden Panda Maple River")
SHOP_EN_TAILS = words("Store Shop Mall House Trading Official-Outlet Direct Deals Select Market")

STAFF = words(
    "客服小美 客服阿杰 店长小周 客服01 客服二号 小陈 阿May 掌柜 店小二 客服小鱼 阿强 Lucy Kevin "
    "小助理 仓管老李"
)
"""Contact names that say nothing: the person behind them is not named."""

READINGS: dict[str, str] = dict(
    zip(
        SURNAMES,
        words(
            "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng "
            "liang xie song tang xu deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu yu "
            "du ye cheng wei su lv ding ren lu yao shen zhong"
        ),
        strict=True,
    )
)
"""Surname → romanisation, used in e-mail addresses and messenger names."""
