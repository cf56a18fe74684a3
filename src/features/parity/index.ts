export { ParityResolver } from './parity.resolver.js';
