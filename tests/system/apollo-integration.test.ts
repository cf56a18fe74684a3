import { defineIntegrationTestSuite } from '@apollo/server-integration-testsuite';

import { createSuiteServer } from '../support/apollo-suite.js';

defineIntegrationTestSuite(createSuiteServer);
