"""A simulated CRM as a Japanese spreadsheet would hold it."""

import pandas as pd

from tests.features.importing.exports.export import Export, Frames, translated

COLUMNS = {
    "leads": {
        "lead_id": "リードID",
        "created_at": "作成日時",
        "company_id": "会社ID",
        "source": "流入経路",
        "campaign": "キャンペーン",
        "job_title": "役職",
        "country": "国",
        "region": "都道府県",
        "language": "言語",
        "email": "メールアドレス",
        "outcome": "結果",
        "closed_at": "完了日",
        "lost_reason": "失注理由",
    },
    "companies": {
        "company_id": "会社ID",
        "industry": "業種",
        "employees": "従業員数",
        "annual_revenue": "年商",
        "country": "国",
        "founded_year": "設立年",
    },
    "deals": {
        "deal_id": "商談ID",
        "lead_id": "リードID",
        "company_id": "会社ID",
        "created_at": "作成日",
        "closed_at": "完了日",
        "outcome": "商談結果",
        "amount": "金額",
        "currency": "通貨",
        "product": "製品",
        "lost_reason": "失注理由",
    },
    "activities": {
        "lead_id": "リードID",
        "type": "活動種別",
        "occurred_at": "活動日時",
        "recorded_at": "登録日時",
        "value": "値",
        "agent": "担当者",
    },
    "qualifications": {"lead_id": "リードID", "answered_at": "回答日", "budget_status": "予算状況"},
    "stage_history": {"lead_id": "リードID", "stage": "ステージ", "entered_at": "変更日", "reason": "理由"},
    "field_history": {
        "lead_id": "リードID",
        "field": "項目",
        "changed_at": "変更日",
        "old_value": "変更前",
        "new_value": "変更後",
    },
}
FILES = {
    "leads": "リード一覧",
    "companies": "取引先",
    "deals": "商談",
    "activities": "活動",
    "qualifications": "BANT",
    "stage_history": "ステージ履歴",
    "field_history": "項目変更履歴",
}
OUTCOMES = {"won": "受注", "lost": "失注", "open": "商談中"}
KINDS = {"call": "電話", "meeting": "訪問", "email_sent": "メール", "page_view": "ページ閲覧"}


def export_generic(tables: Frames) -> Export:
    """Everything is expressible; names of people and the day of the last change stand beside it."""
    files = {FILES[name]: _renamed(name, frame) for name, frame in tables.items()}
    files["リード一覧"] = files["リード一覧"].assign(氏名="山田太郎", 最終更新日="2026/07/01")
    return Export(files, tables)


def _renamed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.copy()
    if "outcome" in frame:
        frame["outcome"] = translated(frame["outcome"], OUTCOMES)
    if name == "activities":
        frame["type"] = frame["type"].map(KINDS).fillna(frame["type"])
    for column in frame.select_dtypes("datetimetz").columns:
        frame[column] = frame[column].dt.strftime("%Y/%m/%d %H:%M:%S")
    return frame.rename(columns=COLUMNS[name])
