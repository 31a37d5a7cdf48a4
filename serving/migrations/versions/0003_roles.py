"""Who gave an answer, champion or shadow, and how far it looked ahead."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what was answered so far was the champion's, its horizon is not known."""
    op.add_column("lead_scores", sa.Column("role", sa.String(16), nullable=False, server_default="champion"))
    op.add_column("lead_scores", sa.Column("horizon_days", sa.Integer()))


def downgrade() -> None:
    """Drop the columns, and the answers that would be taken for the champion's without them."""
    op.execute("DELETE FROM lead_scores WHERE role <> 'champion'")
    op.drop_column("lead_scores", "horizon_days")
    op.drop_column("lead_scores", "role")
