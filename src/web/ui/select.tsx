export interface SelectProps {
  /** Also the name of the field. */
  readonly id: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  /** The text of the first option, which has no value. */
  readonly empty: string;
  readonly value: string;
  readonly className?: string | undefined;
}

/** A field of a form in which one of several values is chosen, or none. */
export function Select({ id, label, options, empty, value, className }: SelectProps) {
  return (
    <div className={className}>
      <label htmlFor={id}>{label}</label>
      <select id={id} name={id} defaultValue={value}>
        <option value="">{empty}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}
