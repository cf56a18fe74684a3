/**
 * Sends traces to a collector: `node --import ./dist/telemetry.js dist/main.js`, told where by the variables of
 * OpenTelemetry (`OTEL_EXPORTER_OTLP_ENDPOINT`, …). The rest of the program only knows OpenTelemetry's API, which does
 * nothing without this; the SDK is large, so who does not trace does not have to install it.
 */
import { LOCALES } from './kernel/locale.js';
import { createTerminal } from './cli/terminal.js';
import { AppError } from './kernel/errors.js';
import { loadMessages } from './platform/i18n/messages.js';

const DEFAULTS = {
  OTEL_SERVICE_NAME: 'oas-release-gateway',
  // Numbers are Prometheus's, and logs go to standard error.
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  // Not those that tell the account, the command line and the name of the machine.
  OTEL_NODE_RESOURCE_DETECTORS: 'env,serviceinstance',
};

for (const [name, value] of Object.entries(DEFAULTS)) process.env[name] ??= value;

const sdk = await import('@opentelemetry/sdk-node').catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  return null;
});
if (sdk) new sdk.NodeSDK({ instrumentations: [] }).start();
else refuse();

/** Who asked for traces should not run without them unawares. */
function refuse(): never {
  const { text, fault, note } = createTerminal(loadMessages(), process.env, LOCALES);
  const message = fault(new AppError('TELEMETRY_MISSING'));
  note(text('cli:fault', { message }));
  process.exit(1);
}
