/** Collects the values of one statement while its text is built; the text never contains a value. */
export class SqlValues {
  readonly values: unknown[] = [];
  private readonly places = new Map<unknown, string>();

  /**
   * An array that is used several times in one statement is sent once.
   * @param type a PostgreSQL type, for a cast if the context does not determine it
   */
  add(value: unknown, type?: string): string {
    const known = typeof value === 'object' ? this.places.get(value) : undefined;
    const place = known ?? `$${this.values.push(literalOf(value))}`;
    this.places.set(value, place);
    return type === undefined ? place : `${place}::${type}`;
  }
}

/** Arrays of numbers and booleans as PostgreSQL literals: those of a reader are sent many times. */
const literals = new WeakMap<readonly unknown[], string>();

function literalOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const known = literals.get(value);
  if (known !== undefined) return known;
  const isPlain = value.every((one) => typeof one === 'number' || typeof one === 'boolean');
  if (!isPlain) return value;
  const literal = `{${value.join(',')}}`;
  literals.set(value, literal);
  return literal;
}

export function allOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

/** The SQL of the query for texts in one locale, given by its number: each language has its own stemming. */
export type Tsquery = (sql: SqlValues, locale: number) => string;
