/** The values that refute it, per step for traces. */
import type { CounterexampleView, ObligationDetail } from '../../../app/contract.ts';

const SHOWN = 500;

export function Values({ detail }: { readonly detail: ObligationDetail }) {
  const found = detail.obligation.verdict.counterexample;
  if (!found || found.values.length === 0) return null;
  const steps = [...new Set(found.values.flatMap((value) => value.step ?? []))].sort((a, b) => a - b);
  return (
    <section>
      <h3>Values{found.status === 'suggested' ? ' (suggested by the tool, not re-evaluated)' : ' (checked)'}</h3>
      {steps.length > 0 ? <Trace found={found} steps={steps} /> : (
        <table className="list values"><tbody>{found.values.slice(0, SHOWN).map((value, index) => <tr key={index}><th scope="row" className="code">{value.name}</th><td className="code">{value.value}</td>{value.line !== undefined && <td className="muted number">line {value.line}</td>}</tr>)}</tbody></table>
      )}
      {found.values.length > SHOWN && <p className="muted">{(found.values.length - SHOWN).toLocaleString('en')} further values are in the outputs below.</p>}
    </section>
  );
}

function Trace({ found, steps }: { readonly found: CounterexampleView; readonly steps: readonly number[] }) {
  const names = [...new Set(found.values.map((value) => value.name))].slice(0, SHOWN);
  const values = new Map(found.values.map((value) => [`${value.step ?? ''} ${value.name}`, value.value]));
  return (
    <div className="trace" tabIndex={0} role="region" aria-label="Trace">
      <table className="list values">
        <thead><tr><th scope="col">Step</th>{steps.map((step) => <th key={step} scope="col" className={`number ${step === found.failingStep ? 'failing' : ''}`}>{step}{step === found.failingStep && <span className="unseen"> fails here</span>}</th>)}</tr></thead>
        <tbody>{names.map((name) => <tr key={name}><th scope="row" className="code">{name}</th>{steps.map((step) => <td key={step} className={`code number ${step === found.failingStep ? 'failing' : ''}`}>{values.get(`${step} ${name}`) ?? ''}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
