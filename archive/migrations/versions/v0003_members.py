"""What lies inside what: the files of archives and mails, each a document of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """A tie per file inside; and how many containers a document lies in, which bounds how deep they are opened."""
    op.add_column("document", sa.Column("depth", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "member",
        sa.Column("container_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=True),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["container_id"], ["document.id"], name=op.f("fk_member_container_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_member_document_id")),
        sa.PrimaryKeyConstraint("container_id", "place", name=op.f("pk_member")),
    )
    op.create_index(op.f("ix_member_document_id"), "member", ["document_id"], unique=False)
