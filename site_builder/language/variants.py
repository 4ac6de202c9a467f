"""Variant forms of Chinese characters: other forms of one character, which a search must not distinguish.

The conversion between the two scripts of Chinese says nothing of them: old and new printed forms (靑 and 青),
forms that many editions of older texts use (峯 and 峰), and those of Japanese (戸 and 戶).
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.language.chinese import japanese_forms

FORMS = (
    "青靑 清淸 戶户戸 值値 敘敍叙 說説 稅税 脫脱 悅悦 銳鋭 閱閲 蛻蜕 兌兑 內内 卻却 腳脚 沒没 "
    "歿殁 別别 吳呉 娛娯 黃黄 橫横 鄉鄕鄊 既旣 即卽 概槪槩 郎郞 教敎 緒緖 高髙 鄰隣 略畧 寶寳寚 "
    "德徳悳惪 歷歴 研硏 曾曽 增増 每毎 國圀囯 學斈斅 舉擧 虛虚 真眞 慎愼 鎮鎭 填塡 顛顚 奧奥 溫温 "
    "蘊藴 產産 彥彦 顏顔 淨浄净凈 靜静 為爲 偽僞 媯嬀 溈潙 群羣 峰峯 裡裏 祕秘 線綫 啟啓啔 強强 "
    "冊册 喻喩 踰逾 衛衞 污汚汙 嫻嫺 眾衆 勳勛勲 豔艷艶 灶竈 粽糉 韁繮 嘆歎 稜棱 簷檐 繡綉 麵麪 "
    "妝粧 亙亘 佇竚 併倂 並竝 屏屛 瓶甁 餅餠 姘姸 冤寃 寇宼 減减 涼凉 決决 況况 沖冲 準凖 湊凑 "
    "劍劎劒 劫刦刧刼 創剏刱 券劵 敕勅 協恊 勻匀 博愽 廈厦 廚厨 廁厠 廄廏厩 嘗甞嚐 婿壻 墻牆 夢夣 "
    "夠够 獎奬奨 姊姉 姪侄 嬾懶 孽孼 寢寑 屆届 島嶋嶌 峽峡 崑崐 崙崘 嶽岳 巢巣 紙帋 幫幇 庶庻 "
    "弦絃 彝彞彜 往徃 恆恒 恥耻 惠恵 慚慙 憑凴 抬擡 拋抛 拔抜 掛挂 插揷挿 搖揺 攜携擕 擣搗 考攷 "
    "昂昻 時旹 晉晋 映暎 曆暦 朵朶 杯盃 柏栢 查査 柵栅 棲栖 棋碁棊 棄弃 碗椀 矩榘 槁槀 樑梁 櫂棹 "
    "步歩 歲歳嵗 毀毁 毗毘 汎氾泛 浚濬 涉渉 涅湼 淚泪涙 淵渊渕 湧涌 溯遡泝 溉漑 潛濳潜 澀澁渋 "
    "災灾烖 炮砲礮 煮煑 熏燻 焰燄 床牀 箋牋 閘牐 貓猫 妙玅 珍珎 瑤瑶 畝畆 疊疉畳 痹痺 癡痴 皋皐 "
    "皁皂 盜盗 蓋盖 睹覩 侯矦 寨砦 礙碍 祀禩 秋秌 稱称 稟禀 稚稺穉 穎頴 穗穂 窗窓牕窻牎 竊窃 豎竪 "
    "笑咲 筍笋 箇個 篡簒 粗麤麁 綠緑 綿緜 縣県 飜翻繙 罈壜 罰罸 羈覊 羌羗 翱翺 耕畊 聰聡聦 肅粛 "
    "膽胆 脅脇 胸胷 脈脉 吻脗 唇脣 腸膓 膝厀 臘臈 臥卧 舖鋪 館舘 花蘤 葬塟 蒞莅涖 蔥葱 蚊蟁 蛇虵 "
    "蜂蠭 蝨虱 褒襃 雜襍 解觧 訛譌 訴愬 詠咏 謠謡 諡謚 嘩譁 讎讐 豐豊 賓賔 贊賛 讚讃 賴頼 贗贋 "
    "趁趂 跡迹蹟 踴踊 踪蹤 蹴蹵 躲躱 軟輭 輒輙 輓挽 辭辞辤 迴廻 逃迯 遁遯 遙遥 村邨 酬酧 醉酔 "
    "釁衅 鉤鈎 缽鉢 銜啣 錄録 鐮鎌 鎖鎻 鑑鑒 礦鑛 關関 闊濶 坂阪 隙隟 隸隷 雁鴈 僱雇 雞鷄鶏 雷靁 "
    "霸覇 鞋鞵 鞍鞌 韭韮 韻韵 頹頽 腮顋 飄飃 飲飮 馱駄 罵駡 鯁骾 鬥闘鬭鬪 鱉鼈 鴉鵶 鵝鵞 鶯鸎 "
    "麟麐 默黙 鰲鼇 齶腭 效効 黑黒 祿禄 剝剥 緣縁 聲声 狀状 將将 壯壮 裝装 莊荘庄 奬奖 帶帯 滯滞 "
    "收収 敕勑 戲戯戱 據拠 處処 獻献 續続 讀読 賣売"
)
"""Forms of one character without a space between, the usual one first."""

AMBIGUOUS = frozenset("弁芸欠缶予糸余台叶才仏払")
"""Japanese forms that are other characters in Chinese, or of several characters: 弁 is also 辨, 辯 and 瓣."""


def pairs() -> Iterator[tuple[str, str]]:
    """(a form, the usual one) of each variant form: the list of forms first, then the Japanese forms that are
    not ambiguous.
    """
    for forms in FORMS.split():
        for other in forms[1:]:
            yield other, forms[0]
    for usual, form in japanese_forms():
        if form not in AMBIGUOUS:
            yield form, usual
