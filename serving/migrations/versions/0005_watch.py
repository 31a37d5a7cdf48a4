"""What a model saw when it answered, and what the watch over it found."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table; what was seen by answers so far is not known."""
    op.add_column("lead_scores", sa.Column("inputs", sa.LargeBinary()))
    op.create_table(
        "monitor_figures",
        sa.Column("until", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", sa.Float(), nullable=False),
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_table("monitor_figures")
    op.drop_column("lead_scores", "inputs")
