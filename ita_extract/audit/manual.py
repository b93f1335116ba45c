"""The manual: what each rule checks and why, from its declaration, its docstring and its cases."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from typing import Any

import yaml

from ita_extract.audit.reference import versions
from ita_extract.audit.rule import Rule, Scope

SCOPES: dict[Scope, tuple[str, str]] = {
    "document": ("within one document", "ภายในเอกสารฉบับเดียว"),
    "plan_result": ("a plan and its result report", "แผนกับรายงานผล"),
    "agency_years": ("the years of one agency", "เอกสารหลายปีของหน่วยงานเดียว"),
    "agencies": ("several agencies", "เอกสารของหลายหน่วยงาน"),
}
SEVERITY_TH = {"high": "สูง", "medium": "ปานกลาง", "low": "ต่ำ", "info": "เพื่อทราบ"}


def cases(rule: Rule) -> dict[str, list[dict[str, Any]]]:
    """The rule's cases: `fail`, `pass` and `not_checkable`."""
    text = resources.files("ita_extract.audit").joinpath("cases", f"{rule.code}.yaml").read_text(encoding="utf-8")
    data: dict[str, list[dict[str, Any]]] = yaml.safe_load(text)
    return data


def explain(rule: Rule) -> str:
    """The manual of one rule, markdown."""
    (english, thai), (needs_en, needs_th) = rule.manual, rule.needs
    scope_en, scope_th = SCOPES[rule.scope]
    facts = [
        f"- severity · ความสำคัญ: {rule.severity} ({SEVERITY_TH[rule.severity]})",
        f"- compares · ตรวจ: {scope_en} ({scope_th})",
        f"- needs · ต้องมี: {needs_en} ({needs_th})",
        *(f"- message · ข้อความ: {en} · {th}" for en, th in (rule.message, *rule.variants.values())),
        *(f"- setting · ค่าที่ตั้งได้: `{name} = {_toml(value)}`" for name, value in rule.options.items()),
    ]
    if used := versions(rule.references):
        facts.append(f"- reference tables · ตารางอ้างอิง: {used}")
    examples = cases(rule)
    found = [f"- found · พบ: {case['why']}" for case in examples.get("fail", ())]
    silent = [f"- silent · ไม่พบ: {case['why']}" for case in examples.get("pass", ())]
    return "\n".join([f"## {rule.code}", "", english, "", thai, "", *facts, *found, *silent, ""])


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def page(rules: Iterable[Rule]) -> str:
    """The manual of all rules, markdown: `docs/rules.md`."""
    rules = list(rules)
    rows = [
        f"| [{rule.code}](#{rule.code.lower()}) | {rule.severity} | {_cell(rule.title[0])} | {_cell(rule.title[1])} |"
        for rule in rules
    ]
    head = [
        "# Audit rules · กฎการตรวจสอบ",
        "",
        "Made from the rules by `scripts/rules_page.py`. A finding is a question with evidence, not a verdict.",
        "ข้อสังเกตเป็นคำถามพร้อมหลักฐาน ไม่ใช่ข้อตัดสิน",
        "",
        "| rule | severity | checks | ตรวจ |",
        "|---|---|---|---|",
        *rows,
        "",
    ]
    return "\n".join([*head, *(explain(rule) for rule in rules)])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
