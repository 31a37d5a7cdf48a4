"""The table of answers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "lead_scores",
        sa.Column("score_id", sa.String(26), primary_key=True),
        sa.Column("lead_id", sa.String(200), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("method", sa.String(16), nullable=False),
        sa.Column("probability", sa.Float()),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("grade", sa.String(1), nullable=False),
        sa.Column("gates", sa.String(32), nullable=False),
        sa.Column("route", sa.String(32), nullable=False),
        sa.Column("model_name", sa.String(200), nullable=False),
        sa.Column("model_version", sa.String(64), nullable=False),
    )
    op.create_index("lead_scores_by_lead", "lead_scores", ["lead_id", "score_id"])


def downgrade() -> None:
    """Drop the table with all answers."""
    op.drop_table("lead_scores")
