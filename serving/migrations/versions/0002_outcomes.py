"""The table of outcomes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "outcomes",
        sa.Column("lead_id", sa.String(200), primary_key=True),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount", sa.Float()),
        sa.Column("currency", sa.String(3)),
        sa.Column("lost_reason", sa.String(1000)),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome IN ('won', 'lost')", name="outcome_is_decided"),
        sa.CheckConstraint("amount >= 0", name="amount_is_not_negative"),
        sa.CheckConstraint("outcome = 'lost' OR lost_reason IS NULL", name="only_lost_has_a_reason"),
    )
    op.create_index("outcomes_by_closing", "outcomes", ["closed_at"])


def downgrade() -> None:
    """Drop the table with all outcomes."""
    op.drop_table("outcomes")
