-- Migration "0012_lookups": what is asked for each request, each batch or each night is answered from indexes,
-- however large the archive grows.

CREATE INDEX withdrawals_request ON withdrawals(request_id);
CREATE INDEX withdrawals_unended ON withdrawals(subject) WHERE erased_at IS NULL;

-- What lists showed and is not held, the newest last.
CREATE INDEX listed_not_held ON listed(coalesce(last_event_at, ''), slug) WHERE request_id IS NULL;
CREATE INDEX listed_seen ON listed(last_listed_at);

-- Lists that a run was asked for, beside those into which it parted them; and lists by what came of them.
CREATE INDEX enumerations_roots ON enumerations(authority, after) WHERE parent_id IS NULL AND narrowed = '{}';
CREATE INDEX enumerations_result ON enumerations(result, url);

-- With all that the order of what is due is made of.
DROP INDEX checks_due;
CREATE INDEX checks_due ON checks(next_check_at, weight, looked_at);
