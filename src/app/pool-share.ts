/** The connections of one process: all processes together get twice as many as a single one would. */
export function poolShare(alone: number, workers: number, least: number): number {
  return Math.min(alone, Math.max(least, Math.ceil((2 * alone) / workers)));
}
