"""Chinese and Japanese: texts without spaces, in which a stop ends a sentence wherever it is.

Sources: GB/T 15834—2011 (punctuation in China); 《重訂標點符號手冊》 (punctuation in Taiwan); JIS X 4051.
"""

from __future__ import annotations

from site_builder.language.rules import BALANCED, EVERYWHERE, Pair, words

CHINESE = words("zh zho chi cmn lzh och ltc yue wuu nan hak gan hsn cjy cdo cpx mnp czh czo csp")
"""The language subtags of Chinese and of its languages (ISO 639-3: ``zho`` and older ones)."""
TRADITIONAL = words("yue lzh och ltc nan hak cdo")
"""Chinese languages that are written in Traditional characters if the tag states no script."""
# Sentences that were published end outside of these marks, so the list is never changed.
BRACKETS: tuple[Pair, ...] = tuple(zip("「『（〔《〈【［“‘(", "」』）〕》〉】］”’)", strict=True))
CHINESE_BALANCED = {**BALANCED, "”": "“"}  # ’ is an apostrophe as well
FULL_WIDTH = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}
CHINESE_QUOTING: tuple[Pair, ...] = (*EVERYWHERE, ("『", "』"))
JAPANESE_STOPS = "．."
OMISSION = "……"
SEPARATOR = "、"
COUNTED = "(?:[0-9]+ ?|[一二兩两三四五六七八九十])[\u4e00-\u9fff]"
"""A pattern of a number with the character after it: a measure word, or what is counted."""
