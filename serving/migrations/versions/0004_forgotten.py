"""The record of what was forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "forgotten",
        sa.Column("receipt", sa.String(26), primary_key=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scores", sa.Integer(), nullable=False),
        sa.Column("shadow_scores", sa.Integer(), nullable=False),
        sa.Column("outcomes", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("digest", sa.LargeBinary(32)),
    )


def downgrade() -> None:
    """Drop the record."""
    op.drop_table("forgotten")
