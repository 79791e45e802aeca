"""Writes 20,000 names of made-up enterprises and 2,000 spellings of some of them.

usage: names.py FOLDER   → names.txt (a name a line), spellings.txt (spelling, tab, the line of its name from 0)
"""

import os
import random
import sys

WORDS = "东南西北海江甬鄞奉慈余象天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
TRADES = ["新材料", "机械", "电子", "服饰", "科技", "汽配"]
FORMS = ["有限公司", "股份有限公司", "科技有限公司"]


def spelled(name, rng):
    """The name as somebody types it: a shorter city, brackets, a character left out."""
    if rng.random() < 0.5:
        name = name.replace("宁波市", "宁波")
    if rng.random() < 0.2:
        name = name.replace("有限公司", "(有限公司)")
    if rng.random() < 0.3:
        at = rng.randrange(len(name))
        name = name[:at] + name[at + 1 :]
    return name


rng = random.Random(5)
folder = sys.argv[1]
names = []
for _ in range(20000):
    word = "".join(rng.choice(WORDS) for _ in range(rng.randint(2, 4)))
    names.append("宁波市鄞州" + word + rng.choice(TRADES) + rng.choice(FORMS))
meant = [rng.randrange(len(names)) for _ in range(2000)]
with open(os.path.join(folder, "names.txt"), "w", encoding="utf-8") as out:
    out.writelines(name + "\n" for name in names)
with open(os.path.join(folder, "spellings.txt"), "w", encoding="utf-8") as out:
    out.writelines("%s\t%d\n" % (spelled(names[n], rng), n) for n in meant)
