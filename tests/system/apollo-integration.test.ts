import { defineIntegrationTestSuite } from '@apollo/server-integration-testsuite';
import { jest } from '@jest/globals';

import { createSuiteServer } from '../support/apollo-suite.js';

// One of the suite's own tests allows a hundred operations three seconds, whatever else runs here.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

defineIntegrationTestSuite(createSuiteServer);
