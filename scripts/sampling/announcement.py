"""A signed announcement: policy per ITA indicator, rules cited, a national target, ways to report."""

from __future__ import annotations

from .layout import thai_date
from .rows import Row, Sample, contact, document, person, thai_digits

YEAR = 2569
AGENCY = "องค์การบริหารส่วนตำบลดอนแสงจันทร์ทอง"
SUBJECT = f"แนวปฏิบัติเพื่อยกระดับคุณธรรมและความโปร่งใสในการดำเนินงาน ประจำปีงบประมาณ พ.ศ. {thai_digits(YEAR)}"
DAY = "2025-10-15"
SIGNER = person("นาย", "ปุณณวิช", "ไพรวารี")
TARGET = "ระหว่างปี พ.ศ. ๒๕๖๖ – ๒๕๗๐ หน่วยงานของรัฐร้อยละ ๘๔ ต้องมีผลการประเมิน ๘๕ คะแนนขึ้นไป"

# (number, Thai title, English title, indicator, what it means, what to do)
_SECTIONS = (
    (
        "๑.",
        "ด้านการปฏิบัติหน้าที่",
        "Official Duties",
        "I01",
        ("การให้บริการทุกคำขอตามลำดับและกรอบเวลาที่ติดประกาศไว้",),
        ("ติดป้ายขั้นตอนและค่าธรรมเนียมทุกจุดบริการ", "แจ้งเหตุผลเป็นหนังสือเมื่อดำเนินการเกินกำหนด"),
    ),
    (
        "๒.",
        "ด้านการใช้งบประมาณ",
        "Budget Utilization",
        "I02",
        ("การใช้จ่ายเงินของตำบลให้คุ้มค่าและเปิดให้ชาวบ้านตรวจดูได้",),
        ("เผยแพร่แผนจัดซื้อจัดจ้างภายในสามสิบวันหลังข้อบัญญัติมีผล", "รายงานการเบิกจ่ายต่อที่ประชุมประชาคมทุกไตรมาส"),
    ),
    (
        "๓.",
        "ด้านการใช้อำนาจ",
        "Power Exercise",
        "I03",
        ("การมอบหมายงานและพิจารณาความดีความชอบโดยยึดผลงาน",),
        ("เปิดเผยเกณฑ์การเลื่อนค่าตอบแทนก่อนรอบประเมิน",),
    ),
    (
        "๔.",
        "ด้านการใช้ทรัพย์สินของราชการ",
        "Asset Usage",
        "I04",
        ("การยืมรถและเครื่องมือของตำบลต้องมีหลักฐานและผู้อนุญาต",),
        ("ลงสมุดคุมการใช้รถทุกครั้ง", "ตรวจนับครุภัณฑ์ปีละสองครั้งโดยกรรมการต่างสำนัก"),
    ),
)
_CITATIONS = (
    (
        "พระราชบัญญัติมาตรฐานทางจริยธรรม พ.ศ. ๒๕๖๒",
        {"citation_type": "act", "number_raw": None, "year_be": 2562, "subject_raw": "มาตรฐานทางจริยธรรม"},
    ),
    (
        "ระเบียบกระทรวงการคลังว่าด้วยการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. ๒๕๖๐ และที่แก้ไขเพิ่มเติม",
        {
            "citation_type": "regulation",
            "issuer_raw": "กระทรวงการคลัง",
            "number_raw": None,
            "year_be": 2560,
            "subject_raw": "การจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ",
            "is_amended": True,
        },
    ),
    (
        f"คำสั่ง{AGENCY} ที่ ๔๕/๒๕๖๗ เรื่อง แต่งตั้งคณะทำงานยกระดับผลการประเมิน",
        {
            "citation_type": "order",
            "issuer_raw": AGENCY,
            "number_raw": "ที่ ๔๕/๒๕๖๗",
            "number": "45",
            "year_be": 2567,
            "subject_raw": "แต่งตั้งคณะทำงานยกระดับผลการประเมิน",
        },
    ),
    (
        "มติคณะรัฐมนตรีเมื่อวันที่ ๒๗ มีนาคม ๒๕๖๑ เรื่อง มาตรการป้องกันและแก้ไขปัญหาการทุจริตในระบบราชการ",
        {
            "citation_type": "cabinet_resolution",
            "number_raw": None,
            "year_be": 2561,
            "subject_raw": "มาตรการป้องกันและแก้ไขปัญหาการทุจริตในระบบราชการ",
        },
    ),
)
CONTACTS = [
    contact("phone", "๐ ๓๘๕๕ ๐๑๔๒ ต่อ ๑๑", "+6638550142", "11"),
    contact("fax", "๐ ๓๘๕๕ ๐๑๔๓", "+6638550143"),
    contact("email", "saraban@donsaengchan.example", "saraban@donsaengchan.example"),
    contact("url", "https://www.donsaengchan.example/ita", "https://www.donsaengchan.example/ita"),
    contact("line", "@donsaengchan", "@donsaengchan"),
    contact("facebook", "อบต.ดอนแสงจันทร์ทอง", "อบต.ดอนแสงจันทร์ทอง"),
]
_CONTACT_LABELS = {
    "phone": "โทรศัพท์",
    "fax": "โทรสาร",
    "email": "อีเมล",
    "url": "เว็บไซต์",
    "line": "LINE ID :",
    "facebook": "Facebook :",
}


def _policy() -> list[Row]:
    out: list[Row] = []
    for number, title, english, code, meanings, directives in _SECTIONS:
        section = {
            "section_no_raw": number,
            "section_title_th": title,
            "section_title_en": english,
            "ita_indicator": code,
        }
        out += [section | {"kind": "definition", "text": text} for text in meanings]
        out += [section | {"kind": "directive", "text": text} for text in directives]
    return out


def _sections(items: list[Row]) -> str:
    parts = []
    for number, title, english, _, _, _ in _SECTIONS:
        own = [row for row in items if row["section_no_raw"] == number]
        means = "\n".join(f"- {row['text']}" for row in own if row["kind"] == "definition")
        todo = "\n".join(f"- {row['text']}" for row in own if row["kind"] == "directive")
        parts.append(f"{number} {title} ({english})\n\n{means}\n\nให้เจ้าหน้าที่ทุกคนถือปฏิบัติโดยเคร่งครัด ดังนี้\n\n{todo}\n")
    return "\n".join(parts)


def build() -> Sample:
    """The sample."""
    items = _policy()
    title = f"ประกาศ{AGENCY} เรื่อง {SUBJECT}"
    position = f"นายก{AGENCY}"
    cited = "\n".join(f"- {printed}" for printed, _ in _CITATIONS)
    ways = "\n".join(f"{_CONTACT_LABELS[row['channel']]} {row['value_raw']}" for row in CONTACTS)
    source = (
        f"# ประกาศ{AGENCY}\n\nเรื่อง {SUBJECT}\n\n---\n\n"
        f"ตามที่แผนแม่บทด้านการต่อต้านการทุจริตกำหนดเป้าหมายไว้ว่า {TARGET} นั้น {AGENCY}จึงกำหนดแนวปฏิบัติไว้ดังต่อไปนี้\n\n"
        f"{_sections(items)}\nกฎหมายและคำสั่งที่เกี่ยวข้อง\n\n{cited}\n\n"
        f"ประชาชนแจ้งเบาะแสหรือสอบถามได้ตามช่องทางต่อไปนี้\n\n{ways}\n\n"
        f"ประกาศ ณ วันที่ {thai_date(DAY, digits=True, era=True)}\n\n({SIGNER['name_raw']})\n{position}\n"
    )
    citations = [{"issuer_raw": None, "number": None, "is_amended": False} | known for _, known in _CITATIONS]
    expected = {
        "documents": document(
            "other",
            [title, SUBJECT],
            AGENCY,
            None,
            YEAR,
            document_date=DAY,
            approver_raw=[SIGNER["name_raw"], f"{SIGNER['name_raw']} {position}", f"({SIGNER['name_raw']})"],
        ),
        "policy_items": items,
        "citations": citations,
        "contacts": CONTACTS,
        "statements": [
            {
                "kind": "national_target",
                "text_raw": TARGET,
                "period_start_be": 2566,
                "period_end_be": 2570,
                "share_percent": 84,
                "score_operator": ">=",
                "score_value": 85,
            }
        ],
        "_empty": ["ita_scores", "budgets", "meetings", "attendees", "timeline_months", "rating_options"],
        "_labels_ok": ["เรื่อง", *_CONTACT_LABELS.values()],
    }
    shows = "signed announcement: what each indicator means and demands, rules cited, national target, contacts"
    return Sample("announcement", "md", shows, source.encode(), expected)
