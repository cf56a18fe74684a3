// Jest's `testRunner`: runs a test file with jest-circus, but in the worker's own module graph. Jest's default gives each
// file a context of its own, in which the gateway and its packages (some 2,000 modules) are loaded and compiled again; that
// took most of the time of a run. Here a worker loads them once, and only the test file itself is new.
//
// Therefore test files share what modules and globals hold: a test must not rely on being the first.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import * as shim from './globals.mjs';
import '../typescript-loader.mjs';

const require = createRequire(import.meta.url);
const { default: runWithCircus } = require('jest-circus/runner');
const loads = new Map();

// CommonJS packages that are test suites themselves.
require.cache[require.resolve('@jest/globals')] = {
  id: '@jest/globals',
  loaded: true,
  exports: shim,
};

export default async function runTestFile(globalConfig, config, environment, runtime, file, send) {
  process.setSourceMapsEnabled(true);
  Error.prepareStackTrace = undefined;
  Error.stackTraceLimit = 20;
  forgetLastFile();
  const mocker = new ModuleMocker(globalThis);
  const timers = new ModernFakeTimers({ config, global: globalThis });
  try {
    return await runWithCircus(
      globalConfig,
      config,
      { global: globalThis },
      {
        requireInternalModule: loadAnew,
        requireModule: require,
        unstable_shouldLoadAsEsm: () => true,
        unstable_importModule: importTests,
        setGlobalsForRuntime: (globals) =>
          shim.setGlobals({ ...globals, jest: jestObject(mocker, timers) }),
        enterTestCode: () => undefined,
        leaveTestCode: () => undefined,
      },
      file,
      send,
    );
  } finally {
    mocker.restoreAllMocks();
    timers.dispose();
  }
}

/** A second load of the same file (watch mode) needs another address. */
function importTests(file) {
  const count = loads.get(file) ?? 0;
  loads.set(file, count + 1);
  return import(pathToFileURL(file).href + (count === 0 ? '' : `?load=${count}`));
}

/** The state of jest-circus is made when it is loaded. */
function loadAnew(file) {
  delete require.cache[require.resolve(file)];
  return require(file);
}

function forgetLastFile() {
  for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
    if (
      /^(JEST_STATE_SYMBOL|EVENT_HANDLERS|RETRY_|LOG_ERRORS_BEFORE_RETRY|WAIT_BEFORE_RETRY)/.test(
        symbol.description,
      )
    )
      delete globalThis[symbol];
  }
}

/** What tests use of `jest`. There is no mocking of modules. */
function jestObject(mocker, timers) {
  return {
    fn: mocker.fn.bind(mocker),
    spyOn: mocker.spyOn.bind(mocker),
    restoreAllMocks: () => mocker.restoreAllMocks(),
    useFakeTimers: (options) => timers.useFakeTimers(options),
    useRealTimers: () => timers.useRealTimers(),
    advanceTimersByTime: (ms) => timers.advanceTimersByTime(ms),
    retryTimes(times, options = {}) {
      globalThis[Symbol.for('RETRY_TIMES')] = times;
      globalThis[Symbol.for('LOG_ERRORS_BEFORE_RETRY')] = options.logErrorsBeforeRetry;
    },
  };
}
