DELETE FROM reference.audience_rule;
DELETE FROM reference.membership_period;
DELETE FROM reference.member_state;
