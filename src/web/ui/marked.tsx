import { Fragment } from 'react';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text with marked parts; sorted ranges that do not overlap, in UTF-16 units. */
export function Marked({
  value,
  ranges,
}: {
  readonly value: string;
  readonly ranges: readonly Range[];
}) {
  return ranges.reduceRight(
    (after, { start, end }, index) => {
      const before = index === 0 ? 0 : (ranges[index - 1]?.end ?? 0);
      return (
        <Fragment>
          {value.slice(before, start)}
          <mark>{value.slice(start, end)}</mark>
          {after}
        </Fragment>
      );
    },
    <Fragment>{value.slice(ranges.at(-1)?.end ?? 0)}</Fragment>,
  );
}
