import type { Config } from '../config.js';
import { EditionEntity, EditionTextEntity } from '../features/publication/index.js';
import {
  ReleaseEntity,
  ReleaseStateEntity,
  ReleaseTopicEntity,
  SegmentEntity,
  SegmentTextEntity,
  SourceVersionEntity,
  TranslationEntity,
  TranslationRevisionEntity,
} from '../features/release/index.js';
import { type Database, openDatabase } from '../platform/db/index.js';

/** Every row class of the authoring side. */
export const ENTITIES = [
  ReleaseEntity,
  ReleaseStateEntity,
  ReleaseTopicEntity,
  SegmentEntity,
  SegmentTextEntity,
  SourceVersionEntity,
  TranslationEntity,
  TranslationRevisionEntity,
  EditionEntity,
  EditionTextEntity,
];

/** The gateway's database, migrated; the caller closes it. */
export function openGatewayDatabase(config: Config): Promise<Database> {
  return openDatabase(config, { entities: ENTITIES });
}

/** Does some work with the database, and closes it whatever comes. */
export async function withDatabase<T>(
  config: Config,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openGatewayDatabase(config);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
