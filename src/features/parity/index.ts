export { ParityResolver } from './parity.resolver.js';
export { ParityMonthsResolver } from './parity-months.resolver.js';
