"""The tables of the archive, in SQLAlchemy Core; what each row stands for is said beside it."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Text, Column, Integer = sa.Text, sa.Column, sa.Integer


def _table(name: str, *items: sa.schema.SchemaItem) -> sa.Table:
    return sa.Table(name, METADATA, *items)


# --- the loan book ------------------------------------------------------------------------------------------------

customer = _table(
    "customer",
    Column("customer_no", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # company | person
    Column("name", Text, nullable=False),
    Column("uscc", Text, index=True),
    Column("id_no", Text, index=True),
    Column("manager", Text),
    # Grows with every change of what is on file about the customer; indicators are written only if it has not moved
    # since their papers were fetched.
    Column("revision", Integer, nullable=False, default=0),
    Column("assessed", Integer, nullable=False, default=0),  # the revision the indicators on file were computed from
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)

#: What a customer can be found by besides its numbers: normalised names, aliases, accounts, 户号.
customer_key = _table(
    "customer_key",
    Column("customer_no", Text, sa.ForeignKey("customer.customer_no"), primary_key=True),
    Column("kind", Text, primary_key=True),  # name | alias | account | user_no
    Column("value", Text, primary_key=True),  # as given
    Column("key", Text, nullable=False),  # as compared
    Column("place", Integer, nullable=False, default=0),  # the order given
    sa.Index("ix_customer_key_kind_key", "kind", "key"),
)

loan = _table(
    "loan",
    Column("loan_note_no", Text, primary_key=True),
    Column("loan_note_key", Text, nullable=False, index=True),
    Column("customer_no", Text, sa.ForeignKey("customer.customer_no"), nullable=False, index=True),
    Column("product", Text, nullable=False),
    Column("amount", Text, nullable=False),  # exact decimal text
    Column("balance", Text, nullable=False),
    Column("granted", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("contract_no", Text),
    Column("contract_key", Text, index=True),
    Column("account", Text),
    Column("account_key", Text, index=True),
    Column("purpose", Text),
    Column("secured", sa.Boolean, nullable=False),
    Column("classification", Text, nullable=False),
    Column("settled", Text),
    Column("payees", sa.JSON),
    Column("collection_account", Text),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)

# --- papers -------------------------------------------------------------------------------------------------------

#: One row per distinct content: the same bytes uploaded twice are one document.
document = _table(
    "document",
    Column("id", Text, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("media_type", Text),
    Column("bytes", Integer, nullable=False),
    Column("status", Text, nullable=False, index=True),  # received|reading|read|unreadable|failed|cancelled
    Column("attempt", Integer, nullable=False, default=1),  # which reading is wanted
    Column("version", Integer, nullable=False, default=0),  # which reading counts; 0: none yet
    Column("step", Text),  # where its worker is
    Column("pages_done", Integer, nullable=False, default=0),
    Column("pages_total", Integer),
    Column("problem", sa.JSON),
    Column("type", Text),
    Column("types", sa.JSON, nullable=False),
    Column("title", Text),
    Column("counts", sa.JSON, nullable=False),
    Column("by", Text, nullable=False),
    Column("received_from", Text),
    Column("hint_loan", Text),  # what the uploader said it belongs to: a hint, never proof
    Column("hint_customer", Text),
    Column("hint_type", Text),
    Column("received_at", Text, nullable=False, index=True),
    Column("read_at", Text),
    Column("changed_at", Text, nullable=False),
    Column("depth", Integer, nullable=False, default=0, server_default="0"),  # how many containers it lay in
)

#: A file inside another: the container, and the document it became. One without a document could not be had.
member = _table(
    "member",
    Column("container_id", Text, sa.ForeignKey("document.id"), primary_key=True),
    Column("place", Integer, primary_key=True),  # the order in the container, from 0
    Column("path", Text, nullable=False),
    Column("document_id", Text, sa.ForeignKey("document.id"), index=True),
    Column("problem", sa.JSON),
)

#: What happened to a document: append-only.
document_history = _table(
    "document_history",
    Column("id", Integer, primary_key=True),
    Column("document_id", Text, sa.ForeignKey("document.id"), nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", sa.JSON, nullable=False),
)

#: The password of an encrypted file, from upload until its reading is kept, never longer.
secret = _table(
    "secret",
    Column("document_id", Text, sa.ForeignKey("document.id"), primary_key=True),
    Column("password", Text, nullable=False),
)

#: A reading, whole, as the contract writes it. ``document.version`` says which one counts.
reading = _table(
    "reading",
    Column("document_id", Text, sa.ForeignKey("document.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("json", Text, nullable=False),
    Column("at", Text, nullable=False),
)

page_text = _table(
    "page_text",
    Column("document_id", Text, sa.ForeignKey("document.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("words", Text, nullable=False),  # JSON [[start, text, x0, y0, x1, y1], ...]: kept as text, sent as it is
)

# --- links --------------------------------------------------------------------------------------------------------

#: A paper tied to a customer or a loan. A removed link stays, with who removed it and why.
link = _table(
    "link",
    Column("id", Text, primary_key=True),
    Column("document_id", Text, sa.ForeignKey("document.id"), nullable=False, index=True),
    Column("paper", Integer, nullable=False),  # which paper of the file, from 0
    Column("kind", Text, nullable=False),  # customer | loan
    Column("to_no", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("reasons", sa.JSON, nullable=False),
    Column("confidence", sa.Float, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text),  # in words, when a person linked
    Column("at", Text, nullable=False),
    Column("removed_at", Text),
    Column("removed_by", Text),
    Column("removed_reason", Text),
    sa.Index("ix_link_kind_to_no", "kind", "to_no"),
)

#: 待认领: papers that could not be linked, with what was considered.
unclaimed = _table(
    "unclaimed",
    Column("document_id", Text, sa.ForeignKey("document.id"), primary_key=True),
    Column("paper", Integer, primary_key=True),
    Column("kind", Text, nullable=False),  # ambiguous | unknown | conflict | mismatch
    Column("reasons", sa.JSON, nullable=False),
    Column("candidates", sa.JSON, nullable=False),
    Column("at", Text, nullable=False),
)

# --- what follows from papers -------------------------------------------------------------------------------------

indicator = _table(
    "indicator",
    Column("id", Text, primary_key=True),
    Column("customer_no", Text, sa.ForeignKey("customer.customer_no"), nullable=False, index=True),
    Column("key", Text, nullable=False),  # id and period: what makes two computations the same indicator
    Column("json", Text, nullable=False),
    Column("computed_at", Text, nullable=False),
    sa.UniqueConstraint("customer_no", "key"),
)

event = _table(
    "event",
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),  # what makes two readings of it the same event
    Column("document_id", Text, sa.ForeignKey("document.id"), index=True),  # None: from a rule over indicators
    Column("paper", Integer),
    Column("customer_no", Text, index=True),
    Column("loan_note_no", Text, index=True),
    Column("type", Text, nullable=False, index=True),
    Column("polarity", Text, nullable=False),
    Column("severity", Text),
    Column("source", Text, nullable=False),
    Column("status", Text, nullable=False, index=True),  # open confirmed dismissed disposed resolved, or recorded
    Column("announced", sa.Boolean, nullable=False),  # the feed has said event.opened
    Column("current", sa.Boolean, nullable=False),  # False: what it rested on was read or linked otherwise since
    Column("json", Text, nullable=False),
    Column("opened_at", Text, nullable=False, index=True),
    Column("changed_at", Text, nullable=False),
)

event_history = _table(
    "event_history",
    Column("id", Integer, primary_key=True),
    Column("event_id", Text, sa.ForeignKey("event.id"), nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

#: The mandatory records (检查、沟通、风险分析、处置). Append-only: a correction is the next version.
entry = _table(
    "entry",
    Column("id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("loan_note_no", Text, sa.ForeignKey("loan.loan_note_no"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("happened_at", Text, nullable=False),  # claimed
    Column("by", Text, nullable=False),
    Column("machine", sa.Boolean, nullable=False),
    Column("content", sa.JSON, nullable=False),
    Column("reason", Text),  # of the correction
    Column("at", Text, nullable=False),  # the server's
)

#: A required paper that somebody with the right to say so does without.
waiver = _table(
    "waiver",
    Column("id", Integer, primary_key=True),
    Column("loan_note_no", Text, sa.ForeignKey("loan.loan_note_no"), nullable=False, index=True),
    Column("requirement", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# --- machinery ----------------------------------------------------------------------------------------------------

feed = _table(
    "feed",
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("subject", sa.JSON, nullable=False),
    Column("data", sa.JSON, nullable=False),
)

#: The last number drawn. Its row is locked until the drawing transaction ends, so numbers become visible in order.
counter = _table(
    "counter",
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
)

#: Workers that are alive, by their own word; the beat is the database's clock, in seconds.
lease = _table(
    "lease",
    Column("worker", Text, primary_key=True),
    Column("beat", sa.Double, nullable=False),
)

#: Which worker died over which job: three deaths and the job is given up.
death = _table(
    "death",
    Column("job", Text, primary_key=True),
    Column("worker", Text, primary_key=True),
    Column("at", Text, nullable=False),
)

#: When a regular duty was last done, by any worker.
chore = _table(
    "chore",
    Column("name", Text, primary_key=True),
    Column("at", sa.Double, nullable=False),
)

#: Access tokens; only the hash of the secret is kept.
token = _table(
    "token",
    Column("digest", Text, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("revoked_at", Text),
)
