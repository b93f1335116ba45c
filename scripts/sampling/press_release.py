"""A page of news with two events, figure captions and contacts."""

from __future__ import annotations

from .layout import thai_date
from .rows import Row, Sample, contact, document, person

AGENCY, ABBR = "การประภาคารแห่งประเทศไทย", "กภค."
TITLE = f"{ABBR} จับมือพนักงานทั่วประเทศ เดินหน้าองค์กรโปร่งใส"
TRAINING, DAYS = "ประภาคารสุจริต ส่องสว่างงานบริการ", ("2023-02-15", "2023-02-16")
VENUE = "ห้องประชุมคลื่นเหนือ อาคารประภาคารกลาง"
TALK, TALK_DAY = "เสวนาออนไลน์เรื่องของขวัญกับผลประโยชน์ทับซ้อน", "2023-03-03"
OPENER = person("นาง", "วิภาวี", "สุริยะสมุทร") | {
    "position_raw": f"ผู้ว่าการ {ABBR}",
    "role": "opener",
    "telling_no": 1,
}
SPEAKER = person("ผศ.ดร.", "นนทกร", "ใบเรือทอง") | {
    "position_raw": "อาจารย์ประจำ",
    "organisation_raw": "มหาวิทยาลัยเกาะนกแก้ว",
    "role": "speaker",
    "telling_no": 1,
}
HOST = person("นาย", "คีริน", "ลมทะเล") | {
    "position_raw": "ผู้อำนวยการฝ่ายสื่อสารองค์กร",
    "role": "host",
    "telling_no": 1,
}
CAPTIONS = (
    "ภาพที่ 1 ผู้ว่าการกล่าวเปิดการอบรม",
    "ภาพที่ 2 การแบ่งกลุ่มวิเคราะห์ความเสี่ยงของงานบริการ",
    "ภาพที่ 3 หน้าจอการเสวนาออนไลน์",
)
CONTACTS = [
    contact("phone", "0 2555 0177 ต่อ 2301-2303", "+6625550177", "2301-2303"),
    contact("email", "pr@lighthouse.example", "pr@lighthouse.example"),
    contact("facebook", "ประภาคารไทยโปร่งใส", "ประภาคารไทยโปร่งใส"),
]


def _text() -> str:
    first, last = (thai_date(day) for day in DAYS)
    training = (
        f"เมื่อวันที่ {first.split()[0]} - {last} เวลา 09.00 - 16.00 น. ณ {VENUE} {OPENER['name_raw']} "
        f'{OPENER["position_raw"]} เป็นประธานเปิดการอบรมหลักสูตร "{TRAINING}" สำหรับหัวหน้าสถานีประภาคาร '
        f"โดยได้รับเกียรติจาก {SPEAKER['name_raw']} {SPEAKER['position_raw']} {SPEAKER['organisation_raw']} เป็นวิทยากร "
        "มีผู้เข้ารับการอบรม 64 คน และมีคะแนนทดสอบหลังเรียนเฉลี่ยร้อยละ 91.25"
    )
    talk = (
        f'ต่อมาวันที่ {thai_date(TALK_DAY)} ฝ่ายสื่อสารองค์กรจัด "{TALK}" ผ่านแอปพลิเคชัน Microsoft Teams '
        f"มี {HOST['name_raw']} {HOST['position_raw']} เป็นผู้ดำเนินรายการ มีพนักงานร่วมรับฟัง 318 คน"
    )
    ways = f"โทร {CONTACTS[0]['value_raw']}\nอีเมล {CONTACTS[1]['value_raw']}\nFacebook : {CONTACTS[2]['value_raw']}"
    return (
        f"ข่าวประชาสัมพันธ์\n{AGENCY} ({ABBR})\n\n{TITLE}\n\n{training}\n\n<figure>\n{CAPTIONS[0]}\n</figure>\n\n"
        f"<figure>\n{CAPTIONS[1]}\n</figure>\n\n{talk}\n\n<figure>\n{CAPTIONS[2]}\n</figure>\n\n"
        f"ฝ่ายสื่อสารองค์กร {AGENCY}\n{ways}\n\n<page_number>1</page_number>\n"
    )


def build() -> Sample:
    """The sample."""
    events: list[Row] = [
        {
            "event_type": "training",
            "name": TRAINING,
            "start_date": DAYS[0],
            "end_date": DAYS[1],
            "start_time": "09:00",
            "end_time": "16:00",
            "venue": VENUE,
            "mode": "onsite",
            "participant_count": 64,
            "score_value": 91.25,
            "score_unit": "percent",
            "telling_count": 1,
        },
        {
            "event_type": "communication",
            "name": TALK,
            "start_date": TALK_DAY,
            "mode": "online",
            "platform": "Microsoft Teams",
            "organiser": "ฝ่ายสื่อสารองค์กร",
            "participant_count": 318,
            "telling_count": 1,
        },
    ]
    expected = {
        "documents": [
            {k: v for k, v in row.items() if not k.startswith("period_") and k != "document_date"}
            for row in document("press_release", TITLE, AGENCY, ABBR, 2566)
        ],
        "events": events,
        "event_people": [OPENER, SPEAKER, HOST],
        "contacts": CONTACTS,
        "_figures": [{"caption_raw": caption, "content_status": "lost"} for caption in CAPTIONS],
        "_empty": ["ita_scores", "budgets", "meetings", "attendees", "timeline_months", "rating_options"],
        "_labels_ok": ["โทร", "อีเมล", "Facebook"],
    }
    shows = "press release: a two-day training and an online talk, people and their roles, figure tags, contacts"
    return Sample("press-release", "txt", shows, _text().encode(), expected)
