"""Why a letter is read as it is, shown beside its words."""
