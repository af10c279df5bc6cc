"""What was agreed on a loan's money: to whom it goes, and on which account sales are collected."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Two columns that older loans leave empty."""
    op.add_column("loan", sa.Column("payees", sa.JSON(), nullable=True))
    op.add_column("loan", sa.Column("collection_account", sa.Text(), nullable=True))
