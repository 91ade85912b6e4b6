"""Headings that say what stands in a column: 地区, 指标名称, time_period, 单位, …"""

from __future__ import annotations

from fourpillars.observations.intake.words.labels import plain

#: What a column may hold, besides figures: the columns of the statistics, parts of a period, nothing of use.
_HEADINGS = {
    "ref_area": "地区 省份 省市 省 区域 省区市 地区名称 地区代码 行政区划代码 行政区划 "
                "ref_area refarea region province area regions provinces location country",
    "activity": "行业 行业名称 行业代码 分行业 工业行业 行业门类 activity industry industries sector",
    "ownership": "登记注册类型 企业类型 所有制 经济类型 ownership",
    "item": "产品 产品名称 品名 品种 商品类别 商品 类别 item product products commodity",
    "measure": "指标 指标名称 指标代码 项目 指标项目 indicator measure indicators measures variable series",
    "freq": "频率 频度 freq frequency",
    "time_period": "时间 日期 月份 期间 报告期 统计时间 年月 时期 数据时间 时间段 季度 季 date period time month "
                   "time_period timeperiod quarter",
    "year": "年份 年度 年 year",
    "month": "月",
    "basis": "口径 数据口径 basis",
    "unit": "单位 计量单位 指标单位 unit unit_measure unitmeasure units",
    "obs_status": "状态 观测状态 obs_status obsstatus status",
    "source_id": "source_id sourceid",
    "skip": "序号 编号 备注 说明 注释 排名 位次 no no. # rank note notes remark remarks dataflow "
            "structure structure_id structure_name last_update 更新时间 decimals conf_status time_format "
    "collection title 标题",
    "action": "action",
    "multiplier": "unit_mult unitmult unit_multiplier",
}  # fmt: skip
WORDS = {plain(word): dimension for dimension, words in _HEADINGS.items() for word in words.split()}
#: The columns a person may say a heading means; 'value' are figures.
ANSWERS = (
    "ref_area", "activity", "ownership", "item", "measure", "freq", "time_period", "basis", "unit", "obs_status",
    "source_id", "value", "skip",
)  # fmt: skip


def dimension_of(heading: str) -> str:
    """Return what a heading says stands below it; empty where it says something else.

    Examples
    --------
    >>> dimension_of("地 区"), dimension_of("REF_AREA"), dimension_of("2026年8月")
    ('ref_area', 'ref_area', '')
    """
    shown = plain(heading)
    if shown in WORDS:
        return WORDS[shown]
    if ":" in shown:  # SDMX-CSV with labels: REF_AREA: Reference area
        return WORDS.get(shown.partition(":")[0], "")
    parts = {WORDS.get(part, "") for part in shown.replace("\\", "/").split("/")} if "/" in shown else set()
    parts.discard("time_period")  # 地区/时间 in the corner: the times stand above the columns
    return parts.pop() if len(parts) == 1 else ""
