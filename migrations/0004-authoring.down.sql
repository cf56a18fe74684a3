DROP TABLE authoring.slug, authoring.edition_text, authoring.edition, authoring.source_version,
  authoring.translation_revision, authoring.segment_text, authoring.translation, authoring.segment,
  authoring.release_topic, authoring.release_state, authoring.release, authoring.topic;
DROP FUNCTION authoring.refuse_change();
