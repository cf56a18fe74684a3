/**
 * Sends traces to a collector: `node --import ./dist/telemetry.js dist/main.js`, configured by the variables of
 * OpenTelemetry (`OTEL_EXPORTER_OTLP_ENDPOINT`, …). The rest of the program only uses OpenTelemetry's API, which does
 * nothing without this module; the SDK is large, so it is installed only for tracing.
 */
import { LOCALES } from './kernel/locale.js';
import { createTerminal } from './cli/terminal.js';
import { AppError } from './kernel/errors.js';
import { loadMessages } from './platform/i18n/messages.js';

const DEFAULTS = {
  OTEL_SERVICE_NAME: 'oas-release-gateway',
  // Prometheus collects the metrics, and logs go to standard error.
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  // Excludes the detectors that report the account, the command line and the name of the machine.
  OTEL_NODE_RESOURCE_DETECTORS: 'env,serviceinstance',
};

for (const [name, value] of Object.entries(DEFAULTS)) process.env[name] ??= value;

const sdk = await import('@opentelemetry/sdk-node').catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  return null;
});
if (sdk) new sdk.NodeSDK({ instrumentations: [] }).start();
else refuse();

/** If tracing was requested, the program must not start without it. */
function refuse(): never {
  const { text, fault, note } = createTerminal(loadMessages(), process.env, LOCALES);
  const message = fault(new AppError('TELEMETRY_MISSING'));
  note(text('cli:fault', { message }));
  process.exit(1);
}
