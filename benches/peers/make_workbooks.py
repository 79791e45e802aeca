"""Makes the workbooks of the import bench: one of 100,000 rows x 12 columns, and 100 of three dirty sheets each.

usage: make_workbooks.py FOLDER
Generated data; deterministic.
"""

import datetime
import functools
import os
import random
import sys

import xlsxwriter

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]


def org_check(body):
    """The check character of an organisation code."""
    total = sum((int(c) if c.isdigit() else ord(c) - 55) * w for c, w in zip(body, ORG_WEIGHTS))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def credit_code(n):
    """The n-th valid unified social credit code (GB 32100, GB 11714)."""
    body = "MA2%05d" % n
    first = "91330203" + body + org_check(body)
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first))
    return first + ALPHABET[(31 - total % 31) % 31]


@functools.cache
def firms(count):
    """Codes and names of made-up firms."""
    names = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    out = []
    for i in range(count):
        word = names[i % 22] + names[i // 22 % 22] + names[i // 484 % 22]
        out.append((credit_code(i), "宁波%s%d机械有限公司" % (word, i)))
    return out


HEAD = ["统一社会信用代码", "企业名称", "报告期", "本月", "1-本月累计", "上年同月", "上年同期累计", "职工人数", "能耗", "备注", "开业日期", "占比"]


def rows(count, seed, first_firm=0, first_month=0, firm_count=5000):
    """Monthly returns of firms, all firms of a month before the next month; one in a thousand has its total wrong."""
    rng = random.Random(seed)
    all_firms = firms(5000)
    to_date = {}
    for i in range(count):
        n = (first_firm + i % firm_count) % 5000
        code, name = all_firms[n]
        month = first_month + i // firm_count
        usual = 50 + n * 7919 % 9000
        value = round(usual * (0.8 + 0.4 * rng.random()), 2)
        prior = round(value * 0.97, 2)
        if month % 12 == 0 or n not in to_date:
            to_date[n] = (0.0, 0.0)
        sums = tuple(round(x + y, 2) for x, y in zip(to_date[n], (value, prior)))
        to_date[n] = sums
        yield [
            code,
            name,
            "%d-%02d" % (2021 + month // 12, month % 12 + 1),
            value,
            round(sums[0] / 2, 2) if rng.random() < 0.001 else sums[0],
            prior,
            sums[1],
            5 + n % 900,
            round(rng.random() * 500, 3),
            "正常" if i % 3 else "季节性停产",
            datetime.date(2005 + n % 15, 1 + n % 12, 1 + n % 28),
            round(rng.random() * 100, 1),
        ]


def big(path, count):
    """One sheet, one heading row, twelve columns."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("月报")
    for c, text in enumerate(HEAD):
        sheet.write(0, c, text)
    for r, row in enumerate(rows(count, 1), start=1):
        for c, value in enumerate(row):
            if c == 10:
                sheet.write_datetime(r, c, datetime.datetime.combine(value, datetime.time()), day)
            else:
                sheet.write(r, c, value)
    book.close()


def dirty(path, seed):
    """Three sheets with title rows, shuffled columns, numbers as text, a total and a note."""
    rng = random.Random(seed)
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for s in range(3):
        sheet = book.add_worksheet("表%d" % (s + 1))
        sheet.merge_range(0, 0, 0, 11, "园区企业月报（单位：万元）")
        sheet.write(1, 0, "填报单位：统计分中心")
        top = 2 + rng.randrange(3)
        order = list(range(12))
        rng.shuffle(order)
        for c, k in enumerate(order):
            sheet.write(top, c, HEAD[k] + (" " if rng.random() < 0.3 else ""))
        for r, row in enumerate(rows(300, seed * 3 + s, seed * 300, s, 300), start=top + 1):
            for c, k in enumerate(order):
                value = row[k]
                if k == 10:
                    sheet.write_datetime(r, c, datetime.datetime.combine(value, datetime.time()), day)
                elif isinstance(value, float) and rng.random() < 0.05:
                    sheet.write_string(r, c, "{:,}".format(value))
                else:
                    sheet.write(r, c, value)
        sheet.write(top + 301, 0, "合计")
        sheet.write(top + 303, 0, "注：生成的测试数据")
    book.close()


if __name__ == "__main__":
    folder = sys.argv[1]
    os.makedirs(os.path.join(folder, "pack"), exist_ok=True)
    big(os.path.join(folder, "big.xlsx"), 100_000)
    for i in range(100):
        dirty(os.path.join(folder, "pack", "%03d.xlsx" % i), i)
    with open(os.path.join(folder, "firms.csv"), "w", encoding="utf-8") as out:
        out.write("统一社会信用代码,企业名称\n")
        for code, name in firms(5000):
            out.write("%s,%s\n" % (code, name))
