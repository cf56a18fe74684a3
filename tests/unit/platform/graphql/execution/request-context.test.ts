import { expect, it } from '@jest/globals';

import type { ReadSnapshot } from '../../../../../src/platform/db/index.js';
import {
  RequestContext,
  type RequestOptions,
} from '../../../../../src/platform/graphql/execution/request-context.js';

const unused = (): never => {
  throw new Error('not used here');
};

function contextWith(snapshot: ReadSnapshot): RequestContext {
  const options: Partial<RequestOptions> = {
    openSnapshot: () => snapshot,
    openStaffSnapshot: unused,
    versionedReads: unused,
    viewer: null,
  };
  return new RequestContext(options as RequestOptions);
}

it('refuses a snapshot to a field that is declared cacheable: its dependencies would not be recorded', () => {
  const snapshot = {} as ReadSnapshot;
  const context = contextWith(snapshot);
  expect(() => context.publicSnapshot()).toThrow('a @Cacheable field must not read a snapshot');
  context.dependencies.isUncacheable = true;
  expect(context.publicSnapshot()).toBe(snapshot);
});
