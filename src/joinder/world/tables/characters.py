"""The characters that invented Chinese marks are made of, and the ways a seller bends each of them.

One line per character: the character, its toneless reading, characters that sound the same, characters that
look alike, and the parts it falls into. "-" means that the table offers none.
"""

from __future__ import annotations

from dataclasses import dataclass

_ROWS = """
澜 lan 兰蓝岚栏 斓谰 氵阑
枫 feng 风丰峰锋 飒 木风
岳 yue 月悦越跃 兵 丘山
铭 ming 名明鸣茗 铬 钅名
晟 sheng 胜盛圣 晨 日成
锦 jin 金今津晋 绵棉 钅帛
淳 chun 纯春醇 谆惇 氵享
骏 jun 俊军均君 俊峻 马夋
瀚 han 汉翰寒 翰 氵翰
霖 lin 林琳临 霜 雨林
栎 li 丽力利立 砾烁 木乐
彬 bin 宾斌滨 杉 林彡
珞 luo 洛络罗 络骆 王各
琅 lang 朗郎廊 狼 王良
泓 hong 宏红鸿 泒 氵弘
皓 hao 浩好昊 皎 白告
嵘 rong 荣容融 蝾 山荣
骁 xiao 晓小霄 浇 马尧
钰 yu 玉裕宇 钮 钅玉
桦 hua 花华画 哗晔 木华
沐 mu 木慕牧 沭沫 氵木
璟 jing 景京晶 憬 王景
昕 xin 新欣心 听晰 日斤
灏 hao 浩昊豪 颢 氵颢
驰 chi 池迟持 弛池 马也
峻 jun 俊军君 俊骏 山夋
韵 yun 云运芸 - 音匀
妙 miao 秒苗庙 秒纱 女少
鲲 kun 昆坤琨 鲸 鱼昆
鹏 peng 朋棚蓬 鹂 朋鸟
翎 ling 灵铃玲 翊 令羽
逸 yi 亿艺依 - -
筑 zhu 竹主珠 巩 -
榕 rong 荣容蓉 溶 木容
棠 tang 堂唐糖 裳 -
溪 xi 希西夕 - 氵奚
柏 bai 白百佰 拍帕 木白
橙 cheng 成程诚 澄瞪 木登
松 song 颂宋诵 讼 木公
梧 wu 吾五悟 悟捂 木吾
桐 tong 同童铜 铜洞 木同
涵 han 寒含韩 - 氵函
渊 yuan 元圆源 洲 -
浦 pu 普朴谱 铺捕 氵甫
涛 tao 桃陶滔 铸 氵寿
湘 xiang 香祥乡 厢 氵相
漫 man 慢曼蔓 慢馒 氵曼
滨 bin 宾彬斌 缤槟 氵宾
潮 chao 超朝巢 嘲 氵朝
炫 xuan 玄旋轩 弦眩 火玄
炜 wei 伟维威 伟玮 火韦
烁 shuo 硕朔 砾铄 火乐
焰 yan 燕艳岩 陷馅 -
煜 yu 玉宇裕 - 火昱
玛 ma 马妈麻 码 王马
珂 ke 可科柯 柯坷 王可
玲 ling 铃灵零 铃冷 王令
珊 shan 山杉善 删姗 王册
琪 qi 奇琦棋 淇棋 王其
璃 li 丽离莉 漓 王离
铂 bo 博波伯 泊柏 钅白
钧 jun 均军君 钓钩 钅匀
铃 ling 玲灵零 玲冷 钅令
锐 rui 瑞睿芮 说悦 钅兑
镜 jing 静晶净 境 钅竟
婉 wan 万晚湾 惋碗 女宛
娜 na 那纳拿 哪挪 女那
妍 yan 燕言彦 研 女开
晴 qing 青清情 睛情 日青
晖 hui 辉慧惠 挥浑 日军
映 ying 英莹影 - 日央
朗 lang 郎琅浪 郎 良月
岭 ling 玲铃灵 岑 山令
岩 yan 燕妍言 岸 山石
砚 yan 燕岩彦 - 石见
碧 bi 必壁璧 - -
硕 shuo 烁朔 顽 石页
稻 dao 道岛到 蹈 禾舀
绮 qi 奇琪琦 椅 纟奇
纶 lun 伦轮论 纷伦 纟仑
绒 rong 荣容蓉 - 纟戎
络 luo 洛罗珞 洛格 纟各
蔚 wei 威维伟 慰 -
莱 lai 来徕 菜 -
菲 fei 飞非妃 韭 -
薇 wei 威维微 微 -
芙 fu 福夫富 - -
诺 nuo 糯懦 - 讠若
谊 yi 亿艺逸 - 讠宜
驹 ju 居菊橘 狗 马句
鹭 lu 路露鹿 - 路鸟
麒 qi 奇琪棋 - 鹿其
麟 lin 林琳霖 - -
陌 mo 墨莫默 - 阝百
弘 hong 宏红鸿 弦 弓厶
澈 che 彻撤 撤 -
沁 qin 琴勤秦 泌 氵心
洵 xun 寻迅循 询殉 氵旬
梵 fan 凡帆饭 焚 林凡
栩 xu 许旭续 翊 木羽
樱 ying 英莹影 婴 木婴
钏 chuan 川穿船 训 钅川
铠 kai 凯开楷 皑 钅岂
珩 heng 恒衡横 桁 王行
瑾 jin 金今津 谨槿 王堇
琥 hu 虎湖胡 唬 王虎
骐 qi 奇琪棋 - 马其
鸢 yuan 元圆源 鸟 弋鸟
岚 lan 兰蓝澜 风 山风
峪 yu 玉宇裕 浴 山谷
"""


@dataclass(frozen=True, slots=True)
class Character:
    """One character of the table with its reading and its look-alikes; empty text where there is none."""

    char: str
    reading: str
    homophones: str
    shapes: str
    parts: str


def _parse(rows: str) -> dict[str, Character]:
    found: dict[str, Character] = {}
    for line in rows.strip().splitlines():
        char, reading, homophones, shapes, parts = ("" if cell == "-" else cell for cell in line.split())
        found[char] = Character(char, reading, homophones, shapes, parts)
    return found


CHARACTERS: dict[str, Character] = _parse(_ROWS)
"""Every character a mark may hold, in the order of the table."""
