"""One file per document type; being here is being registered."""
