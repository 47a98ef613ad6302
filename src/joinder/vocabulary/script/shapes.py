"""What Han characters are made of, and which ones a hurried reader takes for one another.

`components` is a table written for this project: characters that sellers write as their parts (好 as 女子).
`look_alikes` compares glyphs drawn with a font of the machine; without a Han font it answers nothing, and the
caller says that the comparison was not made.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

# character followed by its parts, in reading order
_PARTS = """
好女子 明日月 林木木 相木目 码石马 妈女马 骂口口马 吗口马 驰马也 他亻也 她女也 地土也 池氵也 作亻乍 伟亻韦 信亻言
佳亻圭 仙亻山 休亻木 体亻本 位亻立 住亻主 伯亻白 仲亻中 任亻壬 什亻十 仁亻二 化亻匕 代亻弋 付亻寸 们亻门 何亻可 但亻旦
低亻氐 佐亻左 佑亻右 使亻吏 侠亻夹 保亻呆 俊亻夋 俏亻肖 倍亻咅 借亻昔 值亻直 倾亻顷 健亻建 傲亻敖 像亻象 儒亻需
江氵工 河氵可 海氵每 洋氵羊 洲氵州 湖氵胡 浪氵良 波氵皮 清氵青 洁氵吉 汉氵又 汇氵匚 沙氵少 泉白水 法氵去 注氵主 泡氵包 泽氵圣
洗氵先 活氵舌 派氵𠂢 流氵㐬 浩氵告 润氵闰 涛氵寿 深氵罙 添氵忝 渔氵鱼 温氵昷 源氵原 滋氵兹 满氵𬜯 滨氵宾 漫氵曼 潮氵朝 澳氵奥 激氵敫
时日寸 旺日王 昌日日 星日生 春𡗗日 映日央 昭日召 是日𤴓 晓日尧 晖日军 晨日辰 晴日青 晶日日日 智知日 暖日爰 景日京 昊日天 旭九日 显日业 普并日
旦日一 早日十 昂日卬 昆日比 易日勿 昕日斤 晋亚日 晟日成
杜木土 村木寸 松木公 柏木白 枫木风 桃木兆 桥木乔 梅木每 梦林夕 森木木木 杨木昜 柳木卯 桂木圭 格木各 根木艮 桐木同 棉木帛 棒木奉
植木直 楼木娄 榜木旁 样木羊 标木示 树木对 机木几 朴木卜 李木子 杏木口 查木旦 树木对 枝木支 板木反 析木斤 柔矛木 柯木可 栋木东 校木交
桑叒木 彬木木彡 彩采彡 影景彡 彭壴彡 彤丹彡
吉士口 古十口 台厶口 右𠂇口 叶口十 号口丂 司𠃌口 合亼口 向丿冂口 名夕口 吕口口 品口口口 味口未 和禾口 唱口昌 唯口隹 喜壴口 嘉壴加 咖口加 啡口非
咪口米 哈口合 哥可可 哆口多 啦口拉 呢口尼 吧口巴 听口斤 吹口欠 呼口乎 唐广口 善羊口 可丁口 只口八 加力口 如女口 知矢口 召刀口 告牛口 吴口天 吾五口 舍人舌
妙女少 姐女且 妹女未 姑女古 姿次女 娇女乔 娜女那 婷女亭 媚女眉 嫩女敕 奶女乃 始女台 安宀女 婉女宛 娃女圭 威戌女 婴贝贝女 姚女兆 妍女开 妮女尼 娅女亚
金人王 针钅十 钉钅丁 钟钅中 钢钅冈 铁钅失 铃钅令 银钅艮 铜钅同 锋钅夆 锐钅兑 锦钅帛 镜钅竟 钻钅占 铂钅白 铭钅名 鑫金金金 钰钅玉 锡钅易 铠钅岂 钱钅戋
王一土 玉王丶 现王见 玛王马 珍王㐱 珠王朱 理王里 琪王其 琳王林 瑞王耑 瑰王鬼 环王不 玩王元 玲王令 珊王册 班王刂王 球王求 琴玨今 皇白王 望亡月王 莹艹冖玉
花艹化 芳艹方 芬艹分 苏艹办 英艹央 茶艹人木 草艹早 荣艹冖木 莲艹连 菲艹非 华化十 萌艹明 蓝艹监 蕾艹雷 薇艹微 苹艹平 茗艹名 莉艹利 菜艹采 萍艹泙 蓉艹容 莎艹沙 艺艹乙 节艹卩 芝艹之 荷艹何
菊艹匊 葡艹匍 蒙艹冡 蔓艹曼 莱艹来 获艹犭犬 莫艹日大 若艹右 苗艹田 茂艹戊
思田心 恩因心 意音心 想相心 感咸心 慧彗心 怡忄台 悦忄兑 情忄青 惠叀心 忠中心 恋亦心 怀忄不 快忄夬 恒忄亘 恬忄舌 惜忄昔 愉忄俞 忆忄乙 志士心 忘亡心 念今心 息自心 愿原心 慈兹心 懂忄董
绿纟录 红纟工 纯纟屯 经纟𢀖 结纟吉 维纟隹 织纟只 纳纟内 纱纟少 纹纹文 线纟戋 组纟且 细纟田 终纟冬 绅纟申 给纟合 络纟各 绝纟色 统纟充 绣纟秀 继纟米 绵纟帛 缘纟彖 纪纟己 级纟及 约纟勺
语讠吾 诗讠寺 诚讠成 话讠舌 请讠青 诺讠若 谊讠宜 谢讠射 谦讠兼 识讠只 计讠十 记讠己 许讠午 设讠殳 访讠方 评讠平 词讠司 试讠式 详讠羊 读讠卖 调讠周 谷八人口
跑足包 跳足兆 路足各 踏足沓 跃足夭 距足巨 跨足夸 踢足易 达辶大 迅辶卂 运辶云 连辶车 途辶余 通辶甬 速辶束 进辶井 远辶元 迪辶由 逸辶兔 道辶首 遥辶䍃 迈辶万 近辶斤 返辶反 迎辶卬 过辶寸 还辶不 这辶文 送辶关 选辶先 逍辶肖
鸿江鸟 鹏朋鸟 鸡又鸟 鸭甲鸟 鹅我鸟 鹤隺鸟 鸥区鸟 鹰广亻隹鸟 鲜鱼羊 鲸鱼京 鲁鱼日 鲤鱼里 鲨沙鱼
朋月月 期其月 朗良月 胜月生 胖月半 脑月㐫 脚月却 腾月𢍏马 肤月夫 肥月巴 育亠厶月 胡古月 能厶月匕匕 膜月莫 肌月几 肚月土 肽月太 胶月交 脂月旨 脉月永 脸月佥 腰月要 膏高月 股月殳 肩户月 肯止月 背北月 胃田月
男田力 务夂力 动云力 助且力 努奴力 劲𢀖力 功工力 励厉力 勇甬力 勤堇力 勒革力 加力口 势执力 劳艹冖力 幼幺力 历厂力 办力丶丶
张弓长 强弓虽 弘弓厶 引弓丨 弹弓单 弥弓尔 弦弓玄 弛弓也
轩车干 轮车仑 轻车𢀖 输车俞 辉光军 军冖车 载车𢦏 较车交 辅车甫 辆车两 转车专 软车欠 轨车九 阵阝车
鞋革圭 鞍革安 靴革化 鞭革便 靶革巴 勒革力
明日月 萌艹明 盟明皿 盛成皿 盖羊皿 盈乃又皿 盐土卜皿 监皿 盒合皿 盘舟皿 益八皿 盆分皿 盾厂十目 省少目 看手目 眉尸目 眼目艮 睛目青 睡目垂 瞳目童 盼目分 眠目民
雪雨彐 雷雨田 雲雨云 霜雨相 露雨路 雾雨务 霞雨叚 震雨辰 霸雨革月 零雨令 电日乚 霏雨非 霖雨林
秋禾火 科禾斗 程禾呈 香禾日 秀禾乃 利禾刂 秒禾少 种禾中 租禾且 称禾尔 移禾多 税禾兑 稳禾急 穗禾惠 和禾口 私禾厶 季禾子 委禾女
灯火丁 炎火火 焰火臽 烟火因 炫火玄 煌火皇 烧火尧 烤火考 炉火户 灵彐火 灿火山 炬火巨 炼火东 热执灬 照昭灬 熊能灬 点占灬 然犬灬 焦隹灬 黑里灬 羔羊灬 烈列灬 煮者灬
岭山令 峰山夆 岗山冈 岳丘山 崇山宗 嵩山高 峻山夋 岚山风 屿山与 岸山厂干 岩山石 峡山夹 崎山奇 巍山委鬼 幽山幺幺 岁山夕 岛鸟山 峨山我 崔山隹
特牛寺 牧牛攵 物牛勿 牡牛土 犀尸牛 狼犭良 猫犭苗 狗犭句 狐犭瓜 独犭虫 猛犭孟 狮犭师 猴犭侯 猎犭昔 猪犭者 狂犭王 玫王攵
虎虍几 彪虎彡 虹虫工 蝶虫枼 蜜宓虫 蚁虫义 蛋疋虫 蜂虫夆 虾虫下 融鬲虫 蛇虫它 螺虫累 蜡虫昔 蚕天虫 虫中
飞飞 风几乂 飘票风 飒立风 颂公页 颜彦页 题是页 项工页 顺川页 须彡页 顶丁页 颖匕禾页 领令页 频步页 顾厄页 额客页 预予页 硕石页 颗果页 颐臣页
美羊大 群君羊 羚羊令 翔羊羽 翠羽卒 翼羽异 翰羽 羽习习 扇户羽 耀光翟 翁公羽 习习 着羊目 养羊介 善羊口 羡羊次 翅支羽
博十尃 卓卜早 南十冂 协十办 单丷甲 卫卩一 印卩 却去卩 即艮卩 卡上卜 占卜口 卢卜尸 卦圭卜 外夕卜 处夂卜
奥大米 奇大可 奔大卉 奢大者 夺大寸 夸大亏 奋大田 奖大 天一大 太大丶 夫二人 央冂大 奈大示 套大镸 契丰刀大 美羊大 尖小大 因囗大 庆广大
安宀女 宁宀丁 宇宀于 宏宀厷 宜宀且 宝宀玉 宠宀龙 客宀各 家宀豕 宾宀兵 富宀畐 寒宀 宋宀木 完宀元 官宀 定宀 宗宀示 宙宀由 宣宀亘 室宀至 宫宀吕 容宀谷 宿宀佰 察宀祭 字宀子 守宀寸 宅宀乇 牢宀牛 赛宀贝
国囗玉 园囗元 图囗冬 圆囗员 圈囗卷 固囗古 团囗才 围囗韦 回囗口 四囗儿 因囗大 囚囗人 困囗木
门门 闪门人 间门日 闻门耳 阅门兑 阔门活 闲门木 问门口 闯门马 闽门虫 闺门圭 阁门各 闰门王 闹门市 闭门才 阿阝可 陈阝东 阳阝日 阴阝月 院阝完 陆阝击 降阝夅 隆阝 队阝人 际阝示 陵阝夌 陶阝匋 防阝方 附阝付 限阝艮 随阝有辶
都者阝 部咅阝 郎良阝 郑关阝 邦丰阝 邮由阝 郭享阝 那刀阝 邻令阝 邓又阝 郁有阝 鄂咢阝 酷酉告 醇酉享 酒氵酉 酱将酉 酿酉良 醉酉卒 酸酉夋 配酉己 醒酉星 酵酉孝 酬酉州
衣亠𧘇 裙衤君 衬衤寸 衫衤彡 袖衤由 裤衤库 被衤皮 初衤刀 装壮衣 裁衣 袋代衣 裕衤谷 福礻畐 祥礻羊 神礻申 社礻土 礼礻乚 祝礻兄 祖礻且 禄礻录 禅礻单 祺礻其 票西示 禁林示
粉米分 粒米立 粮米良 糖米唐 糕米羔 粗米且 精米青 糊米胡 料米斗 粥弓米弓 迷米辶 类米大 饼饣并 饭饣反 饮饣欠 馆饣官 饰饣布 饱饣包 饺饣交 饿饣我 馨声香 馥香复 餐食 食人良
竹竹 笔竹毛 笑竹夭 笛竹由 简竹间 策竹朿 签竹佥 篮竹监 箭竹前 管竹官 箱竹相 筑竹巩 等竹寺 答竹合 筒竹同 第竹弟
石石 砂石少 破石皮 碧王白石 磊石石石 磁石兹 硬石更 础石出 研石开 砖石专 碗石宛 碳石炭 矿石广 硅石圭 砰石平
巧工丂 巨匚コ 巩工凡 项工页 攻工攵 左𠂇工 式弋工 差羊工 贡工贝 功工力 江氵工 虹虫工 红纟工 空穴工 缸缶工
贝贝 财贝才 购贝勾 贵中一贝 货化贝 贺加贝 赛宀贝 赢亡口月贝凡 资次贝 质斤贝 赏尚贝 赞先先贝 贸卯刀贝 费弗贝 贝贝 员口贝 则贝刂 败贝攵 贴贝占 贤臣又贝 赤土小 赫赤赤 贝贝
超走召 越走戉 趣走取 赵走乂 起走己 赶走干 赴走卜 足口止 走土止 步止少 武止弋 此止匕 歧止支 企人止 正一止
教孝攵 敏每攵 敢攵 放方攵 故古攵 政正攵 效交攵 数娄攵 整束攵正 散昔攵 敬苟攵 改己攵 收丩攵 致至攵 救求攵 微彳攵 徽彳攵 徐彳余 行彳亍 得彳旦寸 德彳十目心 律彳聿 征彳正 待彳寺 往彳主 很彳艮 彻彳切 街彳圭亍
新亲斤 斯其斤 断米斤 斩车斤 欣斤欠 欧区欠 歌哥欠 欢又欠 款士示欠 欲谷欠 次冫欠 冰冫水 冷冫令 准冫隹 凉冫京 凌冫夌 冻冫东 凝冫疑 减冫咸 净冫争 冲冫中 决冫夬 况冫兄 凯岂几 凤几又 凡几丶 凰几皇 壳士冖几
创仓刂 刘文刂 利禾刂 别另刂 到至刂 制刂 刻亥刂 剑佥刂 副畐刂 划戈刂 列歹刂 刚冈刂 初衤刀 分八刀 切七刀 券刀 剪前刀 则贝刂 前丷月刂
双又又 友𠂇又 取耳又 受爪冖又 叔上小又 变亦又 叠又又又冖且 圣又土 对又寸 观又见 难又隹 艰又艮 戏又戈 劝又力 权木又 鸡又鸟 汉氵又 仅亻又 桑又又又木 发友 支十又 皮又
耐而寸 克古儿 尔小 彼彳皮 迪辶由 安宀女 踏足沓 特牛寺 步止少 李木子 宁宀丁 鸿江鸟 星日生 尔小 耳耳 聪耳总 联耳关 职耳只 聚取 耶耳阝 聘耳 闻门耳 耿耳火 耕耒井 而而 端立耑 站立占 章音十 童立里 竞立兄 竟音儿 竣立夋 亲立木 音立日 韵音匀 意音心 部立口阝 位亻立 泣氵立 粒米立 拉扌立 啦口拉
打扌丁 拍扌白 拾扌合 持扌寺 指扌旨 挑扌兆 捷扌疌 掌尚手 提扌是 握扌屋 搜扌叟 擎敬手 扬扌昜 护扌户 技扌支 抖扌斗 投扌殳 折扌斤 找扌戈 把扌巴 报扌卩又 抱扌包 招扌召 拓扌石 拖扌也 择扌 挂扌圭 拼扌并 按扌安 振扌辰 换扌奂 探扌罙 接扌妾 推扌隹 描扌苗 播扌番 操扌喿 扣扌口 扫扌彐 抗扌亢 拳手 拜手手 掰手分手
土土 坊土方 坚土 坡土皮 城土成 堡保土 堂尚土 塔土荅 塞土 墨黑土 基其土 培土咅 境土竟 增土曾 坐人人土 块土夬 均土匀 坦土旦 垒土土土 型刑土 埃土矣 埔土甫 域土或 堆土隹 塑朔土 壁辟土 壤土襄 场土昜 圾土及 垃土立 坛土云 坤土申 坪土平 垂土 垦艮土 墅野土 尧兀 圭土土
韩韦 韶音召 魅鬼未 魂云鬼 魔麻鬼 魁鬼斗 魏委鬼 鬼鬼 骏马夋 骄马乔 骆马各 骑马奇 骋马甹 骓马隹 驼马它 驴马户 驻马主 驾加马 驱马区 骐马其 骥马冀 冯冫马 闯门马 腾月马 马马 骁马尧
丽丽 高高 亮亠口冖几 京亠口小 享亠口子 夜亠亻夕 亭亠口冖丁 豪高豕 毫高毛 帝帝 帅帅巾 帆巾凡 帕巾白 希乂布 帛白巾 常尚巾 帽巾冒 幅巾畐 布𠂇巾 市亠巾 师帅巾 席广巾 带带巾 幻幺 庄广土 庆广大 库广车 店广占 康广隶 庭广廷 座广坐 府广付 应广 床广木 序广予 庞广龙 度广廿又 廉广兼 廊广郎 麻广林 鹿广 麒鹿其 麟鹿粦 麦麦 龙龙 龚龙共 袭龙衣 聋龙耳
""".split()


# How a radical is typed when the keyboard gives no radical: 讠 as 言.
_RADICAL_AS_CHARACTER = str.maketrans("亻氵讠钅扌艹忄犭礻衤纟饣刂灬囗彳阝攵", "人水言金手草心犬示衣丝食刀火口行耳文")


@cache
def components() -> dict[str, str]:
    """Character → its parts in reading order (好 → 女子); only characters that do have two or more parts."""
    return {entry[0]: entry[1:] for entry in _PARTS if len(entry) > 2 and entry[0] not in entry[1:]}


@lru_cache(maxsize=8192)
def written_as_parts(char: str) -> tuple[str, ...]:
    """The ways to write a character as its parts: with radicals as drawn and as typed; () if none is known."""
    parts = components().get(char)
    return tuple(dict.fromkeys((parts, parts.translate(_RADICAL_AS_CHARACTER)))) if parts else ()


_FONT_NAMES = (
    "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf", "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc", "wqy-zenhei.ttc", "simhei.ttf", "PingFang.ttc",
)  # fmt: skip
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
_CELL = 24  # pixels: enough to tell 己 from 已, small enough to compare 6,763 glyphs in well under a second


@cache
def han_font() -> Path | None:
    """A font of this machine that draws Han characters, or None."""
    folders = [*map(Path, _FONT_FOLDERS), Path.home() / ".local/share/fonts", Path.home() / ".fonts"]
    for name in _FONT_NAMES:
        for folder in folders:
            found = sorted(folder.rglob(name)) if folder.is_dir() else []
            if found:
                return found[0]
    return None


@cache
def common_characters() -> tuple[str, ...]:
    """The 6,763 characters of GB 2312, in its order."""
    cells = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return tuple(c for c in (cell.decode("gb2312", "ignore") for cell in cells) if c)


@lru_cache(maxsize=1)
def _glyphs() -> Any:
    """One unit row per common character: its blurred, centred glyph."""
    import numpy as np
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    path = han_font()
    if path is None:
        return None
    font = ImageFont.truetype(str(path), 48)
    rows = np.empty((len(common_characters()), _CELL * _CELL), dtype=np.float32)
    for i, char in enumerate(common_characters()):
        image = Image.new("L", (56, 56))
        ImageDraw.Draw(image).text((28, 28), char, fill=255, font=font, anchor="mm")
        small = image.filter(ImageFilter.GaussianBlur(1.2)).resize((_CELL, _CELL))
        rows[i] = np.asarray(small, dtype=np.float32).ravel()
    rows -= rows.mean(axis=1, keepdims=True)
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


def look_alikes(
    chars: Iterable[str], *, most: int = 12, at_least: float = 0.62
) -> dict[str, tuple[tuple[str, float], ...]]:
    """For each character of GB 2312 among `chars`, the characters whose glyphs look most like it.

    most: how many at most. at_least: the lowest correlation of blurred glyphs that counts. Returns pairs of
    character and likeness (two decimals), the likest first; {} when the machine has no Han font.
    """
    import numpy as np

    rows = _glyphs()
    if rows is None:
        return {}
    common = common_characters()
    index = {char: i for i, char in enumerate(common)}
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for char in dict.fromkeys(chars):
        if char not in index:
            continue
        likeness = rows @ rows[index[char]]
        order = np.argsort(-likeness, kind="stable")[1 : most + 1]
        found[char] = tuple((common[i], round(float(likeness[i]), 2)) for i in order if likeness[i] >= at_least)
    return found
