"""Words for the values that CRMs share: those the tables declare, and the usual ones of columns of free text."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from features.catalogue.occurrence import OCCURRENCES
from features.streams import KNOWN_TYPES
from features.wording import Wording


def _words(japanese: Mapping[str, str], **english: str) -> Mapping[str, Wording]:
    """Take Japanese words by value; the English ones are the values themselves where not given."""
    return MappingProxyType(
        {value: Wording(english.get(value, value.replace("_", " ")), ja) for value, ja in japanese.items()}
    )


VERBATIM: Final = _words({})
BUDGET_STATUS: Final = _words(
    {"none": "なし", "may_buy": "購入の可能性あり", "can_buy": "購入可能", "will_buy": "購入予定"}
)
AUTHORITY_ROLE: Final = _words(
    {
        "decision_maker": "決裁者",
        "budget_holder": "予算責任者",
        "executive_sponsor": "エグゼクティブスポンサー",
        "champion": "社内推進者",
        "influencer": "影響者",
        "end_user": "利用者",
        "blocker": "反対者",
        "other": "その他",
    }
)
PURCHASE_PROCESS: Final = _words(
    {"individual": "個人で決定", "committee": "合議で決定"},
    individual="one person decides",
    committee="a committee decides",
)
NEED: Final = _words(
    {"must": "必須", "should": "必要", "nice": "あれば望ましい", "none": "なし"},
    must="must have",
    should="should have",
    nice="nice to have",
)
TIMEFRAME: Final = _words(
    {
        "immediate": "すぐに",
        "this_quarter": "今四半期",
        "next_quarter": "来四半期",
        "this_year": "今年中",
        "later": "それ以降",
    }
)
COMPETITION: Final = _words(
    {"none_known": "把握している競合なし", "identified": "競合あり", "incumbent": "既存の取引先あり"},
    identified="competitor identified",
    incumbent="incumbent supplier",
)
STAGE: Final = _words(
    {
        "inquiry": "問い合わせ",
        "mql": "MQL（マーケティング選別済み）",
        "tal": "TAL（テレマーケティング受け入れ済み）",
        "tql": "TQL（テレマーケティング選別済み）",
        "sal": "SAL（営業受け入れ済み）",
        "sgl": "SGL（営業創出）",
        "sql": "SQL（営業選別済み）",
        "closed_won": "受注",
        "closed_lost": "失注",
        "recycled": "リサイクル（再育成中）",
        "disqualified": "対象外",
    },
    mql="MQL (marketing qualified)",
    tal="TAL (teleprospecting accepted)",
    tql="TQL (teleprospecting qualified)",
    sal="SAL (sales accepted)",
    sgl="SGL (sales generated)",
    sql="SQL (sales qualified)",
)
MAIL_DOMAIN: Final = _words(
    {
        "company": "企業ドメイン",
        "free_mail": "フリーメール",
        "disposable": "使い捨てアドレス",
        "academic": "教育・研究機関",
    },
    company="company domain",
    disposable="disposable mailbox",
    academic="academic domain",
)
SENIORITY: Final = _words(
    {
        "owner": "オーナー・創業者",
        "executive": "役員・経営層",
        "partner": "パートナー（共同経営者）",
        "vp": "執行役員クラス",
        "director": "部長クラス",
        "manager": "課長・マネージャークラス",
        "senior": "係長・主任クラス",
        "employee": "一般社員",
        "entry": "新人・学生",
    },
    vp="VP",
    entry="entry level",
)
DEPARTMENT: Final = _words(
    {
        "operations": "業務・物流",
        "it": "情報システム",
        "engineering": "エンジニアリング",
        "r_and_d": "研究開発",
        "product": "プロダクト",
        "sales": "営業",
        "marketing": "マーケティング",
        "hr": "人事",
        "finance": "経理・財務",
        "purchasing": "購買",
        "legal": "法務",
        "quality": "品質管理",
        "manufacturing": "製造",
        "support": "カスタマーサポート",
        "general_affairs": "総務",
        "management": "経営・経営企画",
    },
    it="IT",
    r_and_d="R&D",
    hr="HR",
)
SOURCE: Final = _words(
    {
        "web": "Webサイト",
        "content": "コンテンツ・資料",
        "seminar": "セミナー",
        "webinar": "ウェビナー",
        "trade_show": "展示会",
        "event": "イベント",
        "referral": "紹介",
        "employee_referral": "社員紹介",
        "external_referral": "社外からの紹介",
        "word_of_mouth": "口コミ",
        "partner": "パートナー",
        "outbound": "アウトバウンド",
        "advertisement": "広告",
        "organic_search": "自然検索",
        "paid_search": "検索広告",
        "social_media": "SNS",
        "email": "メール",
        "direct_mail": "ダイレクトメール",
        "phone": "電話",
        "public_relations": "広報",
        "other": "その他",
    }
)
INDUSTRY: Final = _words(
    {
        "manufacturing": "製造業",
        "it_services": "ITサービス",
        "software": "ソフトウェア",
        "wholesale": "卸売業",
        "retail": "小売業",
        "construction": "建設業",
        "professional_services": "専門サービス",
        "logistics": "物流・運輸",
        "healthcare": "医療・福祉",
        "finance": "金融業",
        "insurance": "保険業",
        "real_estate": "不動産業",
        "education": "教育",
        "government": "官公庁",
        "agriculture": "農業",
        "mining": "鉱業",
        "other": "その他",
    },
    it_services="IT services",
)
ACTIVITY_TYPE: Final = MappingProxyType(
    {name: Wording(OCCURRENCES[name].one, OCCURRENCES[name].ja) for name in sorted(KNOWN_TYPES)}
)
