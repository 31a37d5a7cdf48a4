"""Job titles as business cards carry them, in Japanese and English."""

from typing import Final

from features.sample.vocabulary import Vocabulary

JAPANESE: Final = Vocabulary.of(
    [
        ("代表取締役", 5, 0.35),
        ("代表取締役社長", 3, 0.35),
        ("取締役 管理本部長", 2, 0.5),
        ("執行役員 CIO", 1, 0.6),
        ("情報システム部長", 6, 0.7),
        ("情報システム部 課長", 7, 0.5),
        ("情報システム部 主任", 6, 0.2),
        ("情報システム担当", 7, 0.05),
        ("DX推進室長", 3, 0.65),
        ("経営企画部長", 3, 0.45),
        ("経営企画室 マネージャー", 3, 0.3),
        ("総務部長", 4, 0.35),
        ("総務課長", 5, 0.2),
        ("総務部", 6, -0.15),
        ("人事部長", 3, 0.3),
        ("人事課 係長", 3, 0.0),
        ("経理部長", 3, 0.3),
        ("経理担当", 4, -0.2),
        ("営業部長", 4, 0.25),
        ("営業課長", 6, 0.05),
        ("営業担当", 8, -0.4),
        ("購買担当", 4, -0.1),
        ("製造部 次長", 3, 0.1),
        ("工場長", 2, 0.1),
        ("マーケティング部", 4, -0.2),
        ("エンジニア", 5, -0.35),
        ("一般社員", 5, -0.5),
        ("教授", 0.6, -1.1),
        ("学生", 1.2, -1.8),
        ("フリーランス", 1.2, -1.2),
        ("顧問", 0.6, -0.4),
    ]
)
ENGLISH: Final = Vocabulary.of(
    [
        ("CEO", 4, 0.35),
        ("Founder & CEO", 3, 0.25),
        ("CTO", 4, 0.55),
        ("CIO", 2, 0.6),
        ("VP of Engineering", 4, 0.5),
        ("VP Sales", 3, 0.3),
        ("Head of IT", 5, 0.65),
        ("Director of Operations", 5, 0.4),
        ("IT Manager", 10, 0.45),
        ("HR Manager", 5, 0.15),
        ("Finance Director", 3, 0.35),
        ("Operations Manager", 6, 0.15),
        ("Senior Software Engineer", 6, -0.2),
        ("Software Engineer", 7, -0.4),
        ("Sales Representative", 6, -0.4),
        ("Procurement Specialist", 4, -0.1),
        ("Marketing Coordinator", 5, -0.3),
        ("Office Administrator", 4, -0.3),
        ("Consultant", 4, -0.4),
        ("Student", 1, -1.8),
        ("Researcher", 1, -1.0),
    ]
)
ALL: Final = Vocabulary(
    JAPANESE.values + ENGLISH.values, JAPANESE.shares + ENGLISH.shares, JAPANESE.effects + ENGLISH.effects
)
"""Japanese titles first: an English title's code is its place in ``ENGLISH`` plus the number of Japanese ones."""
