/** A number that is taken when the field is left or Enter is pressed; what is out of bounds is said beside it, not taken. */
import { useEffect, useId, useState } from 'react';

interface NumberFieldProps {
  readonly label: string; readonly unit: string; readonly value: number | undefined; readonly minimum: number; readonly maximum: number; readonly optional?: boolean;
  readonly change: (value: number | undefined) => void;
}

export function NumberField({ label, unit, value, minimum, maximum, optional = false, change }: NumberFieldProps) {
  const [text, setText] = useState(value === undefined ? '' : String(value));
  const id = useId();
  useEffect(() => { setText(value === undefined ? '' : String(value)); }, [value]);
  const number = text.trim() === '' ? undefined : Number(text);
  const problem = number === undefined ? (optional ? undefined : 'a number is needed') : Number.isInteger(number) && number >= minimum && number <= maximum ? undefined : `from ${minimum} to ${maximum.toLocaleString('en')}`;
  const take = (): void => { if (problem === undefined && number !== value) change(number); };
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      <span className="setting-value">
        <input id={id} className="field number" inputMode="numeric" value={text} aria-invalid={problem !== undefined} aria-describedby={`${id}-beside`} onChange={(event) => { setText(event.target.value); }} onBlur={take} onKeyDown={(event) => { if (event.key === 'Enter') take(); }} />
        <span id={`${id}-beside`} className={problem === undefined ? 'muted' : 'role-red'}>{problem ?? unit}</span>
      </span>
    </div>
  );
}
