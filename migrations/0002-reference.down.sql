DROP TABLE reference.topic_name, reference.topic, reference.audience_rule,
  reference.membership_period, reference.member_state, reference.revision;
DROP FUNCTION reference.count_revision();
